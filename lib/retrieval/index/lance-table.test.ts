import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type S3TestServer, startS3TestServer } from "@/lib/retrieval/testing/s3-test-server";
import { describeIndexDatabase, type Row, SCHEMA } from "./index-database.contract";
import { connectLance } from "./lance-table";

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "lance-table-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

let s3: S3TestServer;

beforeAll(async () => {
  s3 = await startS3TestServer();
});

afterAll(() => s3[Symbol.asyncDispose]());

describeIndexDatabase("a folder", async () => {
  const folder = await makeFolder();
  return { connect: () => connectLance(folder) };
});

describeIndexDatabase("object storage", async () => {
  const uri = s3.makeUri();
  return { connect: () => connectLance(uri, s3.storageOptions) };
});

describe("object storage", () => {
  test("refuses the second of two commits that were made at once", () => {
    expect(s3.refused()).toBeGreaterThan(0);
  });

  test("that cannot be used is explained without its address and its keys", async () => {
    const options = { ...s3.storageOptions, aws_secret_access_key: "not-so-secret" };
    const attempt = connectLance("s3://no-such-bucket/place", options).then((database) =>
      database.create("rows", SCHEMA, []),
    );
    await expect(attempt).rejects.toThrow(/^The search index could not be .*INDEX_URI/);
    await expect(attempt).rejects.not.toThrow(/no-such-bucket|127\.0\.0\.1|not-so-secret/);
  });
});

describe("a folder", () => {
  test("gets the text indexes of a large table, also on a machine with few cores", async () => {
    const words = (at: number) => Array.from({ length: 200 }, (_, word) => `w${at * 200 + word}`).join(" ");
    const database = await connectLance(await makeFolder());
    onTestFinished(() => database.close());
    const rows = Array.from({ length: 2000 }, (_, at) => {
      return { id: `${at}`, owner: "a", words: words(at), page: null, enabled: true };
    });
    const table = await database.create<Row>("rows", SCHEMA, rows);
    await table.ensureIndexes({ words: "text" });
    const selection = { columns: ["id"] as const, limit: 5 };
    const found = await table.searchText("words", [{ text: "w399999", boost: 1 }], selection);
    expect(found.map(({ id }) => id)).toEqual(["1999"]);
  });

  test("that is written anew keeps no file of an index that was not finished", async () => {
    const folder = await makeFolder();
    const database = await connectLance(folder);
    onTestFinished(() => database.close());
    const row = { id: "1", owner: "a", words: "marzipan", page: null, enabled: true };
    const table = await database.create<Row>("rows", SCHEMA, [row]);
    await table.ensureIndexes({ words: "text" });
    const indexes = join(folder, "rows.lance", "_indices");
    const [finished = ""] = await readdir(indexes);
    const unfinished = join(indexes, "00000000-0000-4000-8000-000000000000");
    await cp(join(indexes, finished), unfinished, { recursive: true });
    await table.rewrite();
    expect(await readdir(unfinished)).toEqual([]);
    const selection = { columns: ["id"] as const, limit: 5 };
    expect(await table.searchText("words", [{ text: "marzipan", boost: 1 }], selection)).toHaveLength(1);
  });

  test("that the engine cannot use is explained without its path", async () => {
    const file = join(await makeFolder(), "file");
    await writeFile(file, "");
    const attempt = connectLance(file).then((database) => database.create("rows", SCHEMA, []));
    await expect(attempt).rejects.toThrow(/^The search index could not be/);
    await expect(attempt).rejects.not.toThrow(file);
  });
});
