import { describe, expect, onTestFinished, test } from "vitest";
import { type IndexDatabase, sqlList, sqlText, type TableSchema } from "./index-table";

export interface Row {
  id: string;
  owner: string;
  words: string;
  page: number | null;
  enabled: boolean;
}

export const SCHEMA: TableSchema<Row> = {
  key: "id",
  columns: { id: "text", owner: "text", words: "text", page: "int?", enabled: "bool" },
};

const IDS = { columns: ["id"] as const };
const WRITERS = 4;
const WRITES = 4;

/** A place for an index of its own, which several processes can connect to. */
export interface IndexSite {
  connect(): Promise<IndexDatabase>;
}

function makeRow(id: string, words: string, owner = "a"): Row {
  return { id, owner, words, page: null, enabled: true };
}

/** The laws of an index, wherever it lies. */
export function describeIndexDatabase(place: string, makeSite: () => Promise<IndexSite>): void {
  async function makeDatabases(count: number): Promise<IndexDatabase[]> {
    const site = await makeSite();
    const databases = await Promise.all(Array.from({ length: count }, () => site.connect()));
    onTestFinished(() => {
      for (const database of databases) database.close();
    });
    return databases;
  }

  /** A table as several processes see it. */
  async function makeTables(rows: readonly Row[], count = 2) {
    const [first, ...others] = await makeDatabases(count);
    const made = await first?.create("rows", SCHEMA, rows);
    const opened = await Promise.all(others.map((database) => database.open<Row>("rows", SCHEMA.key)));
    const tables = [made, ...opened].filter((one) => one != null);
    const [table, same] = tables;
    if (!table || !same || tables.length < count) throw new Error("Not all connections see the table.");
    return { table, same, tables };
  }

  describe(`a table of the index in ${place}`, () => {
    test("keeps every kind of value", async () => {
      const row = { id: "1", owner: "it's", words: "台灯 lamp", page: 7, enabled: false };
      const { same } = await makeTables([row, makeRow("2", "")]);
      const columns = ["id", "owner", "words", "page", "enabled"] as const;
      expect(await same.select({ columns, where: `owner = ${sqlText("it's")}` })).toEqual([row]);
      expect(await same.select({ columns, where: `id IN ${sqlList(["2"])}` })).toEqual([makeRow("2", "")]);
      expect(await same.select({ columns, where: `id IN ${sqlList([])}` })).toEqual([]);
    });

    test("is null where there is none, and created twice it keeps its first rows", async () => {
      const [database] = await makeDatabases(1);
      expect(await database?.open<Row>("rows", SCHEMA.key)).toBeNull();
      await database?.create("rows", SCHEMA, [makeRow("1", "a")]);
      const again = await database?.create("rows", SCHEMA, [makeRow("2", "b")]);
      expect(await again?.select(IDS)).toEqual([{ id: "1" }]);
    });

    test("finds terms as they are, and weighs clauses", async () => {
      const { table } = await makeTables([
        makeRow("1", "ctrl+. request_id"),
        makeRow("2", "lamp"),
        makeRow("3", "desk"),
      ]);
      await table.ensureIndexes({ words: "text" });
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
      await table.ensureIndexes({ words: "text", owner: "label", id: "key" });
      await same.replace("id", [makeRow("2", "bridge"), makeRow("3", "")], null);
      await table.replace(
        "id",
        Array.from({ length: 100 }, (_, at) => makeRow(`more ${at}`, "desk")),
        null,
      );
      const selection = { ...IDS, where: "owner = 'a'", limit: 5 };
      const search = () => table.searchText("words", [{ text: "bridge", boost: 1 }], selection);
      expect((await search()).map(({ id }) => id)).toEqual(["2"]);
      await same.replace("id", [makeRow("4", "tower")], null);
      expect(await table.unindexedRows()).toBe(1);
      await table.optimize(new Date(0));
      expect(await same.unindexedRows()).toBe(0);
      expect((await search()).map(({ id }) => id)).toEqual(["2"]);
    });

    test("finds a term that new rows repeat, however few rows there were before", async () => {
      const { table, same } = await makeTables([makeRow("1", "desk"), makeRow("2", "lamp")]);
      await table.ensureIndexes({ words: "text" });
      await same.replace(
        "id",
        Array.from({ length: 9 }, (_, at) => makeRow(`new ${at}`, "lamp lamp lamp")),
        null,
      );
      const selection = { ...IDS, limit: 50 };
      expect(await table.searchText("words", [{ text: "lamp", boost: 1 }], selection)).toHaveLength(10);
    });

    test("two writers of the same new rows leave one of each", async () => {
      const { table, same } = await makeTables([]);
      const rows = [makeRow("1", "a"), makeRow("2", "b")];
      await Promise.all([table.replace("id", rows, null), same.replace("id", rows, null)]);
      expect(await table.count()).toBe(2);
    });

    test("several writers at once lose no row", async () => {
      const { table, tables } = await makeTables([makeRow("first", "a")], WRITERS);
      const writing = tables.map(async (one, writer) => {
        for (let at = 0; at < WRITES; at += 1)
          await one.replace("id", [makeRow(`${writer}-${at}`, "b")], null);
      });
      await Promise.all(writing);
      expect(await table.count()).toBe(1 + WRITERS * WRITES);
      expect(await table.count("words = 'b'")).toBe(WRITERS * WRITES);
    });

    test("two processes that make the same indexes at once both succeed", async () => {
      const { table, same } = await makeTables([makeRow("1", "lamp")]);
      await Promise.all([table.ensureIndexes({ words: "text" }), same.ensureIndexes({ words: "text" })]);
      const found = await same.searchText("words", [{ text: "lamp", boost: 1 }], { ...IDS, limit: 5 });
      expect(found).toHaveLength(1);
    });

    test("a replacement is seen whole or not at all", async () => {
      const versionOf = (version: number, rows: number) =>
        Array.from({ length: rows }, (_, at) => makeRow(`${version}-${at}`, `lamp v${version}`));
      const { table, same } = await makeTables([...versionOf(0, 3), makeRow("other", "lamp", "b")]);
      await table.ensureIndexes({ words: "text" });
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

    test("a snapshot sees no later commit, of whatever process", async () => {
      const { table, same } = await makeTables([makeRow("1", "lamp")]);
      await table.ensureIndexes({ words: "text" });
      const before = await table.snapshot();
      await same.replace("id", [makeRow("2", "lamp"), makeRow("3", "lamp")], "id = '1'");
      await same.optimize(new Date(0));
      const search = (one: typeof table) =>
        one.searchText("words", [{ text: "lamp", boost: 1 }], { ...IDS, limit: 5 });
      expect(await search(before)).toMatchObject([{ id: "1" }]);
      expect(await before.count()).toBe(1);
      expect(await search(await table.snapshot())).toHaveLength(2);
    });

    test("rows are looked up by their key, in the order asked for; those that are gone are left out", async () => {
      const { table, same } = await makeTables([makeRow("it's", "lamp"), makeRow("2", "desk")]);
      await same.replace("id", [makeRow("3", "tower")], null);
      const keys = ["3", "gone", "it's"];
      const found = [
        { words: "tower", owner: "a" },
        { words: "lamp", owner: "a" },
      ];
      expect(await table.lookUp(keys, ["words", "owner"])).toEqual(found);
      expect(await table.lookUp([], ["words"])).toEqual([]);
      const snapshot = await table.snapshot();
      for (const _ of ["read", "kept"])
        expect(await snapshot.lookUp(keys, ["words", "owner"])).toEqual(found);
    });

    test("a snapshot finds the same rows again, and the next one those of the commit between", async () => {
      const { table, same } = await makeTables([makeRow("1", "lamp"), makeRow("2", "lamp bridge")]);
      await table.ensureIndexes({ words: "text" });
      const selection = { columns: ["id", "words"] as const, limit: 5 };
      const search = (one: typeof table) => one.searchText("words", [{ text: "lamp", boost: 1 }], selection);
      const before = await table.snapshot();
      const found = await search(before);
      expect(found.map(({ id, words }) => [id, words])).toEqual([
        ["1", "lamp"],
        ["2", "lamp bridge"],
      ]);
      expect(found).toEqual(await search(table));
      await same.replace("id", [makeRow("1", "lamp lamp lamp", "b"), makeRow("0", "lamp")], "id = '2'");
      await same.optimize(new Date(0));
      expect(await search(before)).toEqual(found);
      expect(await before.lookUp(["1", "2"], ["owner", "words"])).toEqual([
        { owner: "a", words: "lamp" },
        { owner: "a", words: "lamp bridge" },
      ]);
      const after = await search(await table.snapshot());
      expect(new Set(after.map(({ id, words }) => `${id} ${words}`))).toEqual(
        new Set(["1 lamp lamp lamp", "0 lamp"]),
      );
    });

    test("what a reader has begun to read stays until its end, whatever is written and compacted", async () => {
      const rows = Array.from({ length: 3000 }, (_, at) => makeRow(`${at}`, `old ${at}`));
      const { table, same } = await makeTables(rows);
      const reading = same.scan({ columns: ["words"] });
      const first = await reading.next();
      await table.replace("id", [makeRow("new", "new")], "owner = 'a'");
      await table.optimize(new Date(0));
      const words = first.done ? [] : first.value.map((row) => row.words);
      for await (const batch of reading) words.push(...batch.map((row) => row.words));
      expect(words).toHaveLength(rows.length);
      expect(await same.select(IDS)).toEqual([{ id: "new" }]);
    });
  });
}
