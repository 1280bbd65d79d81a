import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { sqlList, sqlText, type TableSchema } from "./index-table";
import { connectLance } from "./lance-table";

interface Row {
  id: string;
  owner: string;
  words: string;
  page: number | null;
  enabled: boolean;
}

const SCHEMA: TableSchema<Row> = {
  key: "id",
  columns: { id: "text", owner: "text", words: "text", page: "int?", enabled: "bool" },
};

function makeRow(id: string, words: string, owner = "a"): Row {
  return { id, owner, words, page: null, enabled: true };
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "lance-table-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A table as two processes see it. */
async function makeTables(rows: readonly Row[]) {
  const folder = await makeFolder();
  const [one, other] = await Promise.all([connectLance(folder), connectLance(folder)]);
  const table = await one.create("rows", SCHEMA, rows);
  const same = await other.open<Row>("rows");
  if (!same) throw new Error("The second connection does not see the table.");
  onTestFinished(() => {
    one.close();
    other.close();
  });
  return { table, same };
}

const IDS = { columns: ["id"] as const };

describe("a table of the index", () => {
  test("keeps every kind of value", async () => {
    const row = { id: "1", owner: "it's", words: "台灯 lamp", page: 7, enabled: false };
    const { same } = await makeTables([row, makeRow("2", "")]);
    const columns = ["id", "owner", "words", "page", "enabled"] as const;
    expect(await same.select({ columns, where: `owner = ${sqlText("it's")}` })).toEqual([row]);
    expect(await same.select({ columns, where: `id IN ${sqlList(["2"])}` })).toEqual([makeRow("2", "")]);
    expect(await same.select({ columns, where: `id IN ${sqlList([])}` })).toEqual([]);
  });

  test("is null where there is none, and created twice it keeps its first rows", async () => {
    const database = await connectLance(await makeFolder());
    expect(await database.open("rows")).toBeNull();
    await database.create("rows", SCHEMA, [makeRow("1", "a")]);
    const again = await database.create("rows", SCHEMA, [makeRow("2", "b")]);
    expect(await again.select(IDS)).toEqual([{ id: "1" }]);
    database.close();
  });

  test("finds terms as they are, and weighs clauses", async () => {
    const { table } = await makeTables([
      makeRow("1", "ctrl+. request_id"),
      makeRow("2", "lamp"),
      makeRow("3", "desk"),
    ]);
    await table.ensureTextIndexes(["words"]);
    const found = await table.searchText("words", [{ text: "ctrl+.", boost: 1 }], { ...IDS, limit: 5 });
    expect(found.map(({ id }) => id)).toEqual(["1"]);
    const clauses = [
      { text: "desk", boost: 0.3 },
      { text: "lamp", boost: 1 },
    ];
    const weighed = await table.searchText("words", clauses, { ...IDS, limit: 5 });
    expect(weighed.map(({ id }) => id)).toEqual(["2", "3"]);
    expect(weighed[1]?.score).toBeCloseTo((weighed[0]?.score ?? 0) * 0.3, 5);
  });

  test("finds what was written after its indexes were made, from any process", async () => {
    const { table, same } = await makeTables([makeRow("1", "lamp")]);
    await table.ensureTextIndexes(["words"]);
    await same.replace("id", [makeRow("2", "bridge")], null);
    const search = () => table.searchText("words", [{ text: "bridge", boost: 1 }], { ...IDS, limit: 5 });
    expect((await search()).map(({ id }) => id)).toEqual(["2"]);
    await table.optimize(new Date(0));
    expect((await search()).map(({ id }) => id)).toEqual(["2"]);
  });

  test("text indexes of a large table are made, also on a machine with few cores", async () => {
    const words = (at: number) => Array.from({ length: 200 }, (_, word) => `w${at * 200 + word}`).join(" ");
    const { table } = await makeTables(Array.from({ length: 2000 }, (_, at) => makeRow(`${at}`, words(at))));
    await table.ensureTextIndexes(["words"]);
    const found = await table.searchText("words", [{ text: "w399999", boost: 1 }], { ...IDS, limit: 5 });
    expect(found.map(({ id }) => id)).toEqual(["1999"]);
  });

  test("two writers of the same new rows leave one of each", async () => {
    const { table, same } = await makeTables([]);
    const rows = [makeRow("1", "a"), makeRow("2", "b")];
    await Promise.all([table.replace("id", rows, null), same.replace("id", rows, null)]);
    expect(await table.count()).toBe(2);
  });

  test("two processes that make the same indexes at once both succeed", async () => {
    const { table, same } = await makeTables([makeRow("1", "lamp")]);
    await Promise.all([table.ensureTextIndexes(["words"]), same.ensureTextIndexes(["words"])]);
    expect(await same.searchText("words", [{ text: "lamp", boost: 1 }], { ...IDS, limit: 5 })).toHaveLength(
      1,
    );
  });

  test("a replacement is seen whole or not at all", async () => {
    const versionOf = (version: number, rows: number) =>
      Array.from({ length: rows }, (_, at) => makeRow(`${version}-${at}`, `lamp v${version}`));
    const { table, same } = await makeTables([...versionOf(0, 3), makeRow("other", "lamp", "b")]);
    await table.ensureTextIndexes(["words"]);
    let writing = true;
    const writes = (async () => {
      for (let version = 1; version <= 8; version += 1) {
        await table.replace("id", versionOf(version, 3 + version), "owner = 'a'");
      }
      writing = false;
    })();
    for (let round = 0; writing && round < 1000; round += 1) {
      const selection = { columns: ["words"] as const, where: "owner = 'a'", limit: 50 };
      const found = await same.searchText("words", [{ text: "lamp", boost: 1 }], selection);
      const [version] = new Set(found.map(({ words }) => words));
      expect(new Set(found.map(({ words }) => words)).size).toBe(1);
      expect(found).toHaveLength(3 + Number(version?.slice("lamp v".length)));
    }
    await writes;
    expect(await table.count("owner = 'b'")).toBe(1);
  });

  test("an engine that fails is explained without its path", async () => {
    const file = join(await makeFolder(), "file");
    await writeFile(file, "");
    const attempt = connectLance(file).then((database) => database.create("rows", SCHEMA, []));
    await expect(attempt).rejects.toThrow(/^The search index could not be/);
    await expect(attempt).rejects.not.toThrow(file);
  });
});
