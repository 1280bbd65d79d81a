import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PUT_FOLDER, TAKE_FOLDER } from "./langfuse-containers";

let from: string;
let to: string;
beforeEach(async () => {
  from = await mkdtemp(join(tmpdir(), "sidetrace-bucket-"));
  to = await mkdtemp(join(tmpdir(), "sidetrace-bucket-"));
});
afterEach(async () => {
  for (const folder of [from, to]) await rm(folder, { recursive: true });
});

async function put(folder: string, name: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), content);
}

const run = (script: string, folder: string, input?: Uint8Array) =>
  spawnSync("sh", ["-c", script, folder], input ? { input } : {});

describe("the folder of a bucket", () => {
  it("is put back as it was taken, hidden files too, and nothing of what was there stays", async () => {
    const object = randomBytes(100_000);
    await put(from, "langfuse/otel/a b.json/xl.meta", object);
    await put(from, ".minio.sys/format.json", "{}");
    await put(from, ".minio.sys/tmp/half", "an upload that is not done");
    await put(to, "langfuse/newer/xl.meta", "gone");
    await put(to, ".restore/half", "of an earlier try");
    const taken = run(TAKE_FOLDER, from);
    expect(taken.status).toBe(0);
    expect(run(PUT_FOLDER, to, taken.stdout).status).toBe(0);
    expect(await readFile(join(to, "langfuse/otel/a b.json/xl.meta"))).toEqual(object);
    const names = (await readdir(to, { recursive: true })).toSorted();
    expect(names.filter((name) => /json$|meta$|half$|restore/.test(name))).toEqual([
      ...[".minio.sys/format.json", "langfuse/otel/a b.json", "langfuse/otel/a b.json/xl.meta"],
    ]);
  });

  it("keeps what it has when what comes is cut off", async () => {
    await put(from, "langfuse/one", randomBytes(200_000));
    await put(to, "langfuse/old", "kept");
    const { stdout } = run(TAKE_FOLDER, from);
    expect(run(PUT_FOLDER, to, stdout.subarray(0, 100_000)).status).not.toBe(0);
    expect(await readFile(join(to, "langfuse/old"), "utf8")).toBe("kept");
  });
});
