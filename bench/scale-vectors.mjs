// Compares the vector index with a search of all vectors: made-up embeddings in clusters, as texts have topics.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom } from "./scale-corpus.mjs";

const { connectLance } = await import("@/lib/retrieval/index/lance-table");

const DIMENSIONS = 384;
const TOPICS = 500;
const SPREAD = 0.6;
const ROWS_PER_COMMIT = 10_000;
const QUERIES = 100;
const TOP_K = 50;

/** Times in ms, recall of the nearest `TOP_K` against a search of all vectors. */
export async function measureVectors(passages) {
  const folder = await mkdtemp(join(tmpdir(), "scale-vectors-"));
  const database = await connectLance(folder);
  try {
    const random = createRandom(11);
    const topics = Array.from({ length: TOPICS }, () => randomVector(random));
    const make = () => near(topics[Math.floor(random() * TOPICS)], random);
    const schema = {
      key: "passage_id",
      columns: { passage_id: "text", kb_prefix: "text", vector: { vector: DIMENSIONS } },
    };
    const table = await database.create("vectors", schema, []);
    for (let at = 0; at < passages; at += ROWS_PER_COMMIT) {
      const rows = Array.from({ length: Math.min(ROWS_PER_COMMIT, passages - at) }, (_, row) => ({
        passage_id: `p${at + row}`,
        kb_prefix: row % 2 === 0 ? "base-1" : "base-2",
        vector: make(),
      }));
      await table.replace("passage_id", rows, null);
    }
    await table.ensureIndexes({ kb_prefix: "label", passage_id: "key" });
    const queries = Array.from({ length: QUERIES }, make);
    const all = await run(table, queries);
    const start = performance.now();
    await table.ensureIndexes({ vector: "vector" });
    const index_s = Math.round((performance.now() - start) / 100) / 10;
    const indexed = await run(table, queries);
    return {
      all: all.times,
      indexed: { ...indexed.times, recall: recall(all.found, indexed.found), index_s },
    };
  } finally {
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(table, queries) {
  const found = [];
  const times = [];
  for (const query of queries) {
    const start = performance.now();
    const selection = { columns: ["passage_id"], where: "kb_prefix = 'base-1'", limit: TOP_K };
    found.push((await table.searchVector(query, selection)).map((row) => row.passage_id));
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const percentile = (p) => Math.round(times[Math.floor((times.length - 1) * p)] * 10) / 10;
  return { found, times: { p50_ms: percentile(0.5), p99_ms: percentile(0.99) } };
}

function recall(expected, found) {
  const shares = expected.map((ids, at) => ids.filter((id) => found[at].includes(id)).length / ids.length);
  return Math.round((shares.reduce((sum, share) => sum + share, 0) / shares.length) * 1000) / 1000;
}

/** About normal: the sum of a few uniform numbers. */
function randomVector(random) {
  return Array.from({ length: DIMENSIONS }, () => random() + random() + random() - 1.5);
}

function near(topic, random) {
  return topic.map((value) => value + SPREAD * (random() + random() + random() - 1.5));
}
