import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { IndexDatabase } from "./index-table";
import { connectLance } from "./lance-table";
import { MOST_UNINDEXED_VECTORS, type VectorRow, VectorTable } from "./vector-table";

const NAME = "vectors_test";
const DIMENSIONS = 32;
const TOPICS = 60;
const SPREAD = 0.6;
const LIMIT = 50;
const QUERIES = 20;
/** Every so many passages belong to a small knowledge base. */
const SMALL_SHARE = 20;

const random = createRandom();
const randomVector = () => Array.from({ length: DIMENSIONS }, () => random() + random() + random() - 1.5);
const topics = Array.from({ length: TOPICS }, randomVector);
/** Made-up embeddings in clusters, as texts have topics. */
const makeVector = () => {
  const topic = topics[Math.floor(random() * TOPICS)] ?? [];
  return topic.map((value) => value + SPREAD * (random() + random() + random() - 1.5));
};
const makeRow = (id: string, at: number): VectorRow => {
  return { passage_id: id, kb_prefix: at % SMALL_SHARE === 0 ? "small" : "large", vector: makeVector() };
};

let folder: string;
let database: IndexDatabase;
let table: VectorTable;
const rows = Array.from({ length: MOST_UNINDEXED_VECTORS }, (_, at) => makeRow(`p${at}`, at));
const queries = Array.from({ length: QUERIES }, makeVector);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vector-table-"));
  database = await connectLance(folder);
  table = await VectorTable.open(database, NAME);
  await table.put(rows);
});

afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

/** Indexes on the disk: two are for ids and knowledge bases. */
async function countIndexes(): Promise<number> {
  return (await readdir(join(folder, `${NAME}.lance`, "_indices"))).length;
}

/** What an exact search finds, worked out here. */
function nearest(kbPrefix: string, query: readonly number[]): string[] {
  const own = rows.filter((row) => row.kb_prefix === kbPrefix);
  const scored = own.map(({ passage_id, vector }) => ({ passage_id, similarity: cosine(query, vector) }));
  const best = scored.sort((a, b) => b.similarity - a.similarity).slice(0, LIMIT);
  return best.map(({ passage_id }) => passage_id);
}

async function recall(kbPrefix: string): Promise<number> {
  let found = 0;
  for (const query of queries) {
    const ids = new Set((await table.search(kbPrefix, query, LIMIT)).map(({ passage_id }) => passage_id));
    found += nearest(kbPrefix, query).filter((id) => ids.has(id)).length;
  }
  return found / (QUERIES * LIMIT);
}

describe("the vectors of one model", () => {
  test("are compared one by one while they are few, and none is missed", async () => {
    await table.optimize(new Date(0));
    expect(await countIndexes()).toBe(2);
    expect(await table.unindexedRows()).toBe(0);
    expect(await recall("large")).toBe(1);
  });

  test("get an index as soon as they are many, and each knowledge base is searched by itself", async () => {
    const more = Array.from({ length: 1000 }, (_, at) => makeRow(`more ${at}`, at));
    await table.put(more);
    rows.push(...more);
    expect(await table.unindexedRows()).toBe(rows.length);
    await table.optimize(new Date(0));
    expect(await countIndexes()).toBe(3);
    expect(await table.unindexedRows()).toBe(0);
    expect(await recall("large")).toBeGreaterThan(0.9);
    expect(await recall("small")).toBeGreaterThan(0.9);
  });

  test("that are written after the index was made are found, and a few of them do not make it anew", async () => {
    const added = Array.from({ length: 100 }, (_, at) => makeRow(`added ${at}`, 1));
    await table.put(added);
    rows.push(...added);
    for (const { passage_id, vector } of added.slice(0, 10)) {
      expect((await table.search("large", vector, 1))[0]?.passage_id).toBe(passage_id);
    }
    expect(await table.unindexedRows()).toBe(0);
    expect(await recall("large")).toBeGreaterThan(0.9);
  });

  test("that are removed are found no more", async () => {
    const [gone] = rows;
    await table.remove([gone?.passage_id ?? ""]);
    const found = await table.search(gone?.kb_prefix ?? "", gone?.vector ?? [], LIMIT);
    expect(found.map(({ passage_id }) => passage_id)).not.toContain(gone?.passage_id);
    rows.shift();
  });

  test("are compared exactly where passages are given, however far away they are", async () => {
    const [query] = queries;
    const given = rows.filter((_, at) => at % 4 === 0);
    const similar = await table.compare(
      query ?? [],
      given.map(({ passage_id }) => passage_id),
    );
    const byId = new Map(similar.map(({ passage_id, similarity }) => [passage_id, similarity]));
    expect(byId.size).toBe(given.length);
    for (const { passage_id, vector } of given) {
      expect(byId.get(passage_id)).toBeCloseTo(cosine(query ?? [], vector), 4);
    }
  });

  test("are taken into the index when many were added", async () => {
    const many = Array.from({ length: 2001 }, (_, at) => makeRow(`many ${at}`, at));
    await table.put(many);
    rows.push(...many);
    expect(await table.unindexedRows()).toBeGreaterThan(2000);
    await table.optimize(new Date(0));
    expect(await table.unindexedRows()).toBe(0);
    expect(await recall("large")).toBeGreaterThan(0.9);
  });
});

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}

/** Numbers in [0, 1), the same at each run (the generator of Park and Miller). */
function createRandom(): () => number {
  let state = 7;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
