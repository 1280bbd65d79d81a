// Measures the retrieval agents on test collections: npm exec -- node bench/retrieval.mjs <data folder> [set …]
// A set is a folder with corpus.jsonl, queries.jsonl and qrels.jsonl; without names all sets below are taken.
import "./resolve-typescript.mjs";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { countTokens } from "gpt-tokenizer";

const { createGraphRetriever } = await import("@/lib/retrieval/agents/graph-retriever");
const { createHybridRetriever } = await import("@/lib/retrieval/agents/hybrid-retriever");
const { createNaiveRetriever } = await import("@/lib/retrieval/agents/naive-retriever");
const { createSearchContext } = await import("@/lib/retrieval/agents/search-context");
const { documentRows } = await import("@/lib/retrieval/ingest/document-rows");
const { fuseRankings } = await import("@/lib/chat/fuse");
const { connectLance } = await import("@/lib/retrieval/index/lance-table");
const { createPassageTable, indexPassages } = await import("@/lib/retrieval/index/passage-table");
const { openSpan } = await import("@/lib/events/span-scope");
const { systemClock } = await import("@/lib/domain/clock");

/** Passages asked for; several may belong to one document of the set. */
const TOP_K = 40;
const KB = "set";

const [folder, ...names] = process.argv.slice(2);
if (!folder) {
  console.error("usage: npm exec -- node bench/retrieval.mjs <data folder> [set …]");
  process.exit(2);
}
for (const set of names.length > 0 ? names : findSets(folder)) await measure(set);

function findSets(root) {
  const folders = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const paths = folders.map((entry) => join(entry.parentPath, entry.name));
  return paths
    .filter((path) => existsSync(join(path, "qrels.jsonl")))
    .map((path) => relative(root, path))
    .sort();
}

async function measure(set) {
  const scratch = await mkdtemp(join(tmpdir(), "retrieval-bench-"));
  const database = await connectLance(scratch);
  try {
    const start = performance.now();
    const table = await indexSet(database, set);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`\n${set}: ${await table.count()} passages, indexed in ${seconds} s`);
    console.log("agent              nDCG@10    R@5   R@10   p50 ms   p99 ms");
    await measureAgents(createSearchContext(table, null), set);
  } finally {
    database.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function indexSet(database, set) {
  const rows = readLines(set, "corpus").flatMap(({ id, title, text }) => {
    const source = `# ${title}\n\n${text}`;
    return documentRows({ kbPrefix: KB, name: id, source, origin: "upload" }, countTokens, 0);
  });
  const table = await createPassageTable(database, rows);
  await indexPassages(table);
  return table;
}

async function measureAgents(context, set) {
  const judged = Map.groupBy(readLines(set, "qrels"), ({ query_id }) => query_id);
  const queries = readLines(set, "queries").filter(({ id }) => judged.has(id));
  const agents = [createNaiveRetriever, createHybridRetriever, createGraphRetriever].map((make) =>
    make(context),
  );
  await search(agents[2], queries[0]);
  const scores = new Map(
    [...agents.map(({ agentType }) => agentType), "fusion_agent"].map((name) => [name, []]),
  );
  for (const query of queries) {
    const gains = new Map(judged.get(query.id).map(({ doc_id, relevance }) => [doc_id, relevance]));
    const runs = [];
    for (const agent of agents) {
      const run = await search(agent, query);
      runs.push(run);
      scores.get(agent.agentType).push({ ...score(run.passages, gains), ms: run.ms });
    }
    const fused = fuseRankings(
      runs.map((run, at) => ({
        agentType: agents[at].agentType,
        methods: run.methods,
        passages: run.passages.map((passage, i) => ({ passage, rank: i + 1, relevance: null })),
      })),
    ).map(({ passage }) => passage);
    scores.get("fusion_agent").push({ ...score(fused, gains), ms: Math.max(...runs.map(({ ms }) => ms)) });
  }
  for (const [name, results] of scores) print(name, results);
}

async function search(agent, { text, history = [] }) {
  const ids = { spanId: () => "0000000000000000", uuid: () => "" };
  const time = { clock: systemClock, ids, origin: 0 };
  const parent = openSpan(time, { name: "rag_retrieval", kind: "retriever", parent: null });
  const earlier = history.map((turn) => turn.text);
  const { signal } = new AbortController();
  const start = performance.now();
  const running = agent.retrieve(
    { query: text, kbPrefix: KB, topK: TOP_K, history: earlier, signal },
    parent,
  );
  let step = await running.next();
  while (!step.done) step = await running.next();
  return {
    ms: performance.now() - start,
    methods: step.value.methods,
    passages: step.value.passages.map(({ passage }) => passage),
  };
}

/** nDCG with linear gains as trec_eval has it, and the share of the relevant documents in the first k. */
function score(passages, gains) {
  const documents = [...new Set(passages.map(({ name }) => name))];
  const discounted = (values) =>
    values.slice(0, 10).reduce((sum, gain, at) => sum + gain / Math.log2(at + 2), 0);
  const ideal = discounted([...gains.values()].sort((a, b) => b - a));
  const recall = (k) => documents.slice(0, k).filter((name) => gains.has(name)).length / gains.size;
  return {
    ndcg: discounted(documents.map((name) => gains.get(name) ?? 0)) / ideal,
    r5: recall(5),
    r10: recall(10),
  };
}

function print(name, results) {
  const mean = (key) => (results.reduce((sum, result) => sum + result[key], 0) / results.length).toFixed(3);
  const times = results.map(({ ms }) => ms).sort((a, b) => a - b);
  const percentile = (p) => (times[Math.floor((times.length - 1) * p)] ?? 0).toFixed(1).padStart(8);
  console.log(
    `${name.padEnd(17)} ${mean("ndcg").padStart(8)} ${mean("r5").padStart(6)} ${mean("r10").padStart(6)} ${percentile(0.5)} ${percentile(0.99)}`,
  );
}

function readLines(set, file) {
  const text = readFileSync(join(folder, set, `${file}.jsonl`), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}
