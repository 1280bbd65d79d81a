// Searches an index with every agent, as a process does that has just started.
import { setTimeout } from "node:timers/promises";
import { createRandom, questionAbout } from "./scale-corpus.mjs";

const { createGraphRetriever } = await import("@/lib/retrieval/agents/graph-retriever");
const { createHybridRetriever } = await import("@/lib/retrieval/agents/hybrid-retriever");
const { createNaiveRetriever } = await import("@/lib/retrieval/agents/naive-retriever");
const { createSearchContext } = await import("@/lib/retrieval/agents/search-context");
const { systemClock } = await import("@/lib/domain/clock");
const { openSpan } = await import("@/lib/events/span-scope");
const { checkIndex } = await import("@/lib/retrieval/index/check-index");
const { connectLance } = await import("@/lib/retrieval/index/lance-table");
const { onOneVersion } = await import("@/lib/retrieval/agents/on-one-version");
const { openPassageTable, visibleIn } = await import("@/lib/retrieval/index/passage-table");

/** The largest knowledge base has half of all passages, the other one a hundredth or two. */
const BASES = ["base-1", "base-8"];
const TOP_K = 8;
const WARM_UP = 10;
const POLL_MS = 50;
const IDLE_MS = 500;

/** Times in ms, memory in MB. */
export async function measureSearches(folder, queries) {
  const opening = performance.now();
  const database = await connectLance(folder);
  await checkIndex(database);
  const table = await openPassageTable(database);
  const context = createSearchContext(table, null);
  const start = { open: since(opening) };
  console.log(start);
  const [large, small] = await Promise.all(BASES.map((base) => questionsOf(table, base, queries)));
  const hybrid = onOneVersion(context, createHybridRetriever);
  start.first_search = (await search(hybrid, BASES[0], large[0])).ms;
  await untilIdle();
  start.statistics = since(opening);
  const agents = {};
  const measureBoth = async (agent) => {
    agents[`${agent.agentType} in ${BASES[0]}`] = await measure(agent, BASES[0], large);
    agents[`${agent.agentType} in ${BASES[1]}`] = await measure(agent, BASES[1], small);
    console.log(agent.agentType, agents[`${agent.agentType} in ${BASES[0]}`]);
  };
  await measureBoth(onOneVersion(context, createNaiveRetriever));
  await measureBoth(hybrid);
  start.rss_mb_without_graph = Math.round(process.memoryUsage().rss / 1e6);
  const building = performance.now();
  for (const base of BASES) await builtGraph(context, base);
  start.graph = since(building);
  await measureBoth(onOneVersion(context, createGraphRetriever));
  const rssMb = Math.round(process.memoryUsage().rss / 1e6);
  database.close();
  return { start, agents, rssMb };
}

/** That of a large knowledge base is built in the background, which is over when it is handed out. */
async function builtGraph(context, base) {
  while ((await context.graph(base)) === "unbuilt") await setTimeout(POLL_MS);
}

/** Statistics are counted in the background after the first question; until then the process is busy. */
async function untilIdle() {
  for (;;) {
    const before = process.cpuUsage();
    await setTimeout(IDLE_MS);
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1000 < IDLE_MS / 10) return;
  }
}

async function questionsOf(table, base, count) {
  const random = createRandom(7);
  const columns = ["title", "text"];
  const passages = await table.select({ columns, where: visibleIn(base), limit: 5000 });
  return Array.from({ length: count + WARM_UP }, () =>
    questionAbout(passages[Math.floor(random() * passages.length)], random),
  );
}

async function measure(agent, base, questions) {
  const times = [];
  for (const [at, question] of questions.entries()) {
    const { ms } = await search(agent, base, question);
    if (at >= WARM_UP) times.push(ms);
  }
  times.sort((a, b) => a - b);
  const percentile = (p) => Math.round((times[Math.floor((times.length - 1) * p)] ?? 0) * 10) / 10;
  return { p50_ms: percentile(0.5), p90_ms: percentile(0.9), p99_ms: percentile(0.99) };
}

async function search(agent, kbPrefix, query) {
  const ids = { spanId: () => "0000000000000000", uuid: () => "" };
  const time = { clock: systemClock, ids, origin: 0 };
  const parent = openSpan(time, { name: "rag_retrieval", kind: "retriever", parent: null });
  const { signal } = new AbortController();
  const start = performance.now();
  const running = agent.retrieve({ query, kbPrefix, topK: TOP_K, history: [], signal }, parent);
  let step = await running.next();
  while (!step.done) step = await running.next();
  return { ms: since(start), passages: step.value.passages };
}

function since(start) {
  return Math.round((performance.now() - start) * 10) / 10;
}
