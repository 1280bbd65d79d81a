import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { readFiles } from "./read-files";

const LIMITS = { field: "files", files: 3, bytes: 10_000 };

function form(files: Record<string, string>, field = "files"): FormData {
  const body = new FormData();
  for (const [name, content] of Object.entries(files)) body.append(field, new File([content], name));
  return body;
}

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request("http://localhost/", { method: "POST", body, headers, duplex: "half" } as RequestInit);

/** As a browser would, but in one piece: Node's own stream of a form cannot be ended early. */
async function send(body: FormData): Promise<Request> {
  const whole = new Response(body);
  return post(await whole.arrayBuffer(), { "content-type": whole.headers.get("content-type") ?? "" });
}

async function readAll(request: Request, limits = LIMITS) {
  const read: [string, string][] = [];
  await readFiles(request, limits, async ({ name, content }) => {
    read.push([name, await text(content)]);
  });
  return read;
}

describe("readFiles", () => {
  test("hands out names with their folders, in any script, and contents as they are", async () => {
    const files = { "手册/第一章.md": "章", "a b (1).txt": "", "x.csv": "1,2\r\n" };
    expect(await readAll(await send(form(files)))).toEqual(Object.entries(files));
  });

  test("an empty form has no files", async () => {
    expect(await readAll(await send(new FormData()))).toEqual([]);
  });

  test.each([
    ["another type", post("{}", { "content-type": "application/json" }), "unsupported_media_type"],
    ["no boundary", post("x", { "content-type": "multipart/form-data" }), "invalid_request"],
    ["garbage", post("garbage", { "content-type": "multipart/form-data; boundary=x" }), "invalid_request"],
    ["half a file", post(half(), { "content-type": "multipart/form-data; boundary=x" }), "invalid_request"],
    ["another field", form({ "a.md": "x" }, "file"), "invalid_request"],
    ["a field that is no file", fieldForm(), "invalid_request"],
    ["too many files", form({ a: "1", b: "2", c: "3", d: "4" }), "payload_too_large"],
    ["too many bytes", form({ a: "1".repeat(20_000) }), "payload_too_large"],
  ])("%s is refused", async (_, body, code) => {
    const request = body instanceof FormData ? await send(body) : body;
    await expect(readAll(request)).rejects.toMatchObject({ code, message: expect.stringMatching(/\w/) });
  });

  test("waits for every call before it rejects, and ends their contents", async () => {
    let open = 0;
    const seen: string[] = [];
    const reading = readFiles(
      await send(form({ a: "1", b: "2".repeat(5000) })),
      LIMITS,
      async ({ name, content }) => {
        open += 1;
        try {
          if (name === "a") {
            content.resume();
            await setImmediate();
            throw new AppError("unavailable", "No room.");
          }
          await text(content);
        } finally {
          open -= 1;
          seen.push(name);
        }
      },
    );
    await expect(reading).rejects.toMatchObject({ code: "unavailable" });
    expect(open).toBe(0);
    expect(seen).toContain("a");
  });

  test("a sender that leaves in the middle of a file ends the call for it", async () => {
    const body = Readable.toWeb(Readable.from(brokenBody()));
    const request = post(body as ReadableStream, { "content-type": "multipart/form-data; boundary=x" });
    let outcome = "open";
    const reading = readFiles(request, LIMITS, async ({ content }) => {
      outcome = await text(content).then(
        () => "whole",
        () => "broken",
      );
      throw new Error("broken");
    });
    await expect(reading).rejects.toThrow();
    expect(outcome).toBe("broken");
  });

  test("reads no more of the body than is taken", async () => {
    let sent = 0;
    const gate = Promise.withResolvers<void>();
    async function* endless() {
      yield Buffer.from(head("a.md"));
      for (; sent < 2000; sent += 1) yield Buffer.alloc(16_384, 97);
      yield Buffer.from("\r\n--x--\r\n");
    }
    const request = post(Readable.toWeb(Readable.from(endless())) as ReadableStream, {
      "content-type": "multipart/form-data; boundary=x",
    });
    const reading = readFiles(request, { ...LIMITS, bytes: 1e9 }, async ({ content }) => {
      await gate.promise;
      content.resume();
      await new Promise((resolve) => content.once("end", resolve));
    });
    for (let turn = 0; turn < 200; turn += 1) await setImmediate();
    expect(sent).toBeLessThan(100);
    gate.resolve();
    await reading;
    expect(sent).toBe(2000);
  });
});

const head = (name: string) =>
  `--x\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\n\r\n`;
const half = () => `${head("a.md")}only the begin`;

function fieldForm(): FormData {
  const body = new FormData();
  body.append("kb", "lamp");
  return body;
}

async function* brokenBody() {
  yield Buffer.from(half());
  throw new Error("gone");
}
