import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { IndexDatabase } from "@/lib/retrieval/index/index-table";
import { connectLance } from "@/lib/retrieval/index/lance-table";
import { createPassageTable, type PassageTable } from "@/lib/retrieval/index/passage-table";
import { documentRows } from "@/lib/retrieval/ingest/document-rows";
import { buildEntityGraph } from "./build-entity-graph";
import { importTriples } from "./import-triples";
import { storeTriples } from "./store-triples";
import { openTripleTable, type TripleTable } from "./triple-table";
import { walkNames } from "./walk-names";

const DOCUMENTS = [
  {
    kbPrefix: "staff",
    name: "leave.md",
    source: "# Leave\n\n## Parental leave\n\nOn form F7.\n\n## Vacation\n\n27 days.",
  },
  { kbPrefix: "staff", name: "hotels.md", source: "# Hotels\n\nThe limit is 140 euros." },
  { kbPrefix: "lamp", name: "setup.md", source: "# Setting up\n\nUse the clamp." },
];
const line = (document: string, subject: string, predicate: string, object: string) =>
  JSON.stringify({ document, subject, predicate, object });

let folder: string;
let database: IndexDatabase;
let passages: PassageTable;
let triples: TripleTable;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "triples-"));
  database = await connectLance(folder);
  const rows = DOCUMENTS.flatMap((document) =>
    documentRows({ ...document, origin: "upload" }, (text) => text.length, 0),
  );
  passages = await createPassageTable(database, rows);
  triples = await openTripleTable(database);
});

afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

const take = (...lines: string[]) => importTriples({ passages, triples }, "staff", lines.join("\n"));
const stored = async () => {
  const rows = await triples.select({ columns: ["subject", "object", "passage_id", "origin"] });
  return rows.toSorted((a, b) => a.object.localeCompare(b.object));
};

describe("importing triples", () => {
  test("puts a document's triple with the passage of it that fits best", async () => {
    const wanted = await passages.select({
      columns: ["passage_id", "heading"],
      where: "kb_prefix = 'staff'",
    });
    const placeOf = (heading: string) => wanted.find((row) => row.heading === heading)?.passage_id;
    const outcome = await take(
      line("leave.md", "Parental leave", "is asked for on", "form F7"),
      "",
      line("leave.md", "Vacation", "is", "27 days"),
    );
    expect(outcome).toEqual({ documents: 1, triples: 2 });
    expect((await stored()).map(({ passage_id }) => passage_id)).toEqual([
      placeOf("Vacation"),
      placeOf("Parental leave"),
    ]);
  });

  test("takes the place of what was imported for the same documents, and keeps the others; the same counts once", async () => {
    await take(line("hotels.md", "Hotels", "cost", "140 euros"));
    const triple = line("leave.md", "Parental leave", "is settled with", "Hotels");
    expect(await take(triple, triple)).toEqual({ documents: 1, triples: 1 });
    expect((await stored()).map(({ object }) => object)).toEqual(["140 euros", "Hotels"]);
  });

  test("takes a passage's own id as well", async () => {
    const [row] = await passages.select({ columns: ["passage_id"], where: "name = 'hotels.md'" });
    const triple = { passage_id: row?.passage_id, subject: "Hotels", predicate: "are", object: "rooms" };
    expect(await take(JSON.stringify(triple))).toEqual({ documents: 1, triples: 1 });
    expect(await stored()).toContainEqual(
      expect.objectContaining({ passage_id: row?.passage_id, object: "rooms" }),
    );
  });

  test("leaves what a model found, and refuses a passage of another base", async () => {
    const rows = await passages.select({ columns: ["passage_id", "document_id", "name"] });
    const [hotels, setup] = ["hotels.md", "setup.md"].map((name) => rows.find((row) => row.name === name));
    if (!hotels || !setup) throw new Error("two passages");
    const found = { subject: "Hotels", predicate: "have", object: "a limit" };
    await storeTriples(triples, "staff", "model", [{ ...hotels, triples: [found] }]);
    await take(line("hotels.md", "Hotels", "cost", "140 euros"));
    expect((await stored()).map(({ origin }) => origin)).toContain("model");
    const foreign = JSON.stringify({
      passage_id: setup.passage_id,
      subject: "a",
      predicate: "b",
      object: "c",
    });
    await expect(take(foreign)).rejects.toThrow(/line 1: there is no passage/);
  });

  test("lets the graph follow what no passage has in words", async () => {
    const reaches = async (table: TripleTable | null) => {
      const graph = await buildEntityGraph(passages, table, "staff");
      const walk = walkNames(graph, new Map([[graph.dictionary.find("Parental leave") ?? -1, 1]]), new Map());
      const [hotels] = await passages.select({ columns: ["passage_id"], where: "name = 'hotels.md'" });
      return walk.passages.has(graph.numberOf.get(hotels?.passage_id ?? "") ?? -1);
    };
    await take(line("leave.md", "Parental leave", "is settled with", "Hotels"));
    expect(await reaches(triples)).toBe(true);
    expect(await reaches(null)).toBe(false);
  });

  test("counts no triple whose passage is not there, or not any more", async () => {
    const gone = (passage_id: string) => ({
      document_id: "gone",
      passage_id,
      triples: [{ subject: "Quokka lease", predicate: "is", object: "Form Q1" }],
    });
    await storeTriples(triples, "staff", "model", [gone("gone1"), gone("gone2")]);
    const { dictionary } = await buildEntityGraph(passages, triples, "staff");
    expect(dictionary.find("Quokka lease")).toBeUndefined();
    await triples.replace("triple_id", [], "document_id = 'gone'");
  });

  test.each([
    ["what is no JSON", "{", /line 2: expected/],
    ["a part that is missing", '{"document":"leave.md","subject":"a","predicate":"b"}', /line 2: expected/],
    ["an empty part", line("leave.md", " ", "is", "b"), /line 2: expected/],
    [
      "an unknown key",
      '{"document":"d","subject":"a","predicate":"b","object":"c","x":1}',
      /line 2: expected/,
    ],
    ["an unknown document", line("nowhere.md", "a", "is", "b"), /line 2: there is no document "nowhere.md"/],
    ["a document of another base", line("setup.md", "a", "is", "b"), /line 2: there is no document/],
    [
      "an unknown passage",
      '{"passage_id":"p0","subject":"a","predicate":"b","object":"c"}',
      /line 2: there is no passage p0/,
    ],
  ])("refuses %s by its line, and stores nothing", async (_, broken, message) => {
    const before = await stored();
    await expect(take(line("leave.md", "Vacation", "is", "new"), broken)).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringMatching(message),
    });
    expect(await stored()).toEqual(before);
  });
});
