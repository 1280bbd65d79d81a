import { describe, expect, it } from "vitest";
import { chatRequestSchema } from "@/lib/chat/chat-request";
import { AppError } from "@/lib/errors";
import { readJson } from "./read-json";

const post = (body: BodyInit, headers: Record<string, string> = { "content-type": "application/json" }) =>
  new Request("http://localhost/api/chat", { method: "POST", body, headers });

async function codeOf(request: Request): Promise<string> {
  try {
    await readJson(request, chatRequestSchema);
    return "accepted";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.message).toMatch(/\S/);
    return error.code;
  }
}

describe("reading a JSON body", () => {
  it.each([
    ["not JSON", "{", "invalid_request"],
    ["an empty message", '{"message":"   "}', "invalid_request"],
    ["a long message", JSON.stringify({ message: "x".repeat(8001) }), "invalid_request"],
    ["an unknown key", '{"message":"a","extra":1}', "invalid_request"],
    ["an unknown override", '{"message":"a","overrides":{"seed":1}}', "invalid_request"],
    ["a session that is no UUID", '{"message":"a","session_id":"1"}', "invalid_request"],
    ["no object", "[]", "invalid_request"],
    ["too much", JSON.stringify({ message: "a", pad: "x".repeat(70_000) }), "payload_too_large"],
    ["the longest message", JSON.stringify({ message: "x".repeat(8000) }), "accepted"],
  ])("%s → %s", async (_name, body, code) => {
    expect(await codeOf(post(body))).toBe(code);
  });

  it("refuses another media type", async () => {
    expect(await codeOf(post('{"message":"a"}', { "content-type": "text/plain" }))).toBe(
      "unsupported_media_type",
    );
  });

  it("stops reading an endless body at the limit", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(16 * 1024));
      },
    });
    const request = new Request("http://localhost/", {
      method: "POST",
      body: endless,
      headers: { "content-type": "application/json" },
      duplex: "half",
    } as RequestInit);
    expect(await codeOf(request)).toBe("payload_too_large");
    expect(sent).toBeLessThan(10);
  });

  it("names each wrong field", async () => {
    const request = post('{"message":"","agent_type":"x"}');
    await expect(readJson(request, chatRequestSchema)).rejects.toMatchObject({
      issues: [{ path: "message" }, { path: "agent_type" }],
    });
  });
});
