// Measures retrieval on test collections: npm run eval -- --data <folder> [--set name …] [--agent name …]
// [--triples] [--foreign name] [--json file]. The folder is a set (corpus.jsonl, queries.jsonl, qrels) or holds sets.
import "./resolve-typescript.mjs";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { basename, join, relative } from "node:path";
import { parseArgs } from "node:util";
import cliProgress from "cli-progress";
import { countTokens } from "gpt-tokenizer";

const { mean, ndcg, percentile, recall, reciprocalRank } = await import("../lib/eval/metrics.ts");
const { formatNotFound, formatSet } = await import("../lib/eval/report.ts");
const { parseTestSet } = await import("../lib/eval/test-set.ts");
const { findsNothing } = await import("../lib/eval/finds-nothing.ts");
const { toTripleLines } = await import("../lib/eval/to-triple-lines.ts");
const { openTestIndex } = await import("../lib/eval/open-test-index.ts");

const USAGE =
  "usage: npm run eval -- --data <folder> [--set name …] [--agent name …] [--triples] [--foreign name] [--json file]";
const AGENTS = ["naive_rag_agent", "hybrid_agent", "graph_agent", "fusion_agent"];
/** Passages asked for; several may belong to one document of the set. */
const TOP_K = 40;
const QRELS = ["qrels.jsonl", "qrels.tsv", "qrels/test.tsv", "qrels/dev.tsv"];
/** As a chat asks. */
const CHAT_TOP_K = 8;
/** Questions of each kind that are answered to see whether something is found. */
const ANSWERED = 100;
const references = JSON.parse(
  readFileSync(new URL("../bench/reference-figures.json", import.meta.url), "utf8"),
);

const options = readOptions();
const reports = [];
const notFound = [];
try {
  for (const folder of findSets()) await measureSet(folder);
} catch (error) {
  stop(error instanceof Error ? error.message : String(error));
}
if (notFound.length > 0) console.log(formatNotFound(notFound));
const machine = describeMachine();
console.log(machine.line);
if (options.json) {
  writeFileSync(
    options.json,
    `${JSON.stringify({ machine, sets: reports, not_found: notFound }, null, 2)}\n`,
  );
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: "string" },
        set: { type: "string", multiple: true, default: [] },
        agent: { type: "string", multiple: true, default: [] },
        foreign: { type: "string" },
        json: { type: "string" },
        triples: { type: "boolean", default: false },
      },
    });
    const unknown = values.agent.find((agent) => !AGENTS.includes(agent));
    if (unknown) throw new Error(`There is no agent ${unknown}; there are ${AGENTS.join(", ")}.`);
    if (!values.data) throw new Error("--data is missing.");
    return { ...values, agents: values.agent.length > 0 ? values.agent : AGENTS };
  } catch (error) {
    return stop(`${error.message}\n${USAGE}`);
  }
}

function stop(message) {
  console.error(message);
  process.exit(2);
}

/** Folders of the sets: those that are named, else all that are there. */
function findSets() {
  const { data, set } = options;
  if (!existsSync(data)) stop(`There is no folder ${data}.`);
  if (set.length > 0) return set.map((name) => join(data, name));
  const inner = readdirSync(data, { recursive: true, withFileTypes: true });
  const folders = [
    data,
    ...inner.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name)),
  ];
  const found = folders.filter((folder) => existsSync(join(folder, "corpus.jsonl"))).sort();
  return found.length > 0
    ? found
    : stop("There is no set: a folder with corpus.jsonl, queries.jsonl and qrels.");
}

function readSet(folder) {
  const qrels = QRELS.find((name) => existsSync(join(folder, name)));
  if (!qrels) stop(`${folder} has no judgments: ${QRELS.join(", ")}.`);
  const text = (name) => readFileSync(join(folder, name), "utf8");
  try {
    return parseTestSet({ corpus: text("corpus.jsonl"), queries: text("queries.jsonl"), qrels: text(qrels) });
  } catch (error) {
    return stop(`${folder}: ${error.message}`);
  }
}

async function measureSet(folder) {
  const name = relative(options.data, folder) || basename(folder);
  const set = readSet(folder);
  if (set.queries.length === 0) return;
  const scratch = await mkdtemp(join(tmpdir(), "sidetrace-eval-"));
  const progress = openProgress(name);
  let index;
  try {
    progress.start(set.documents.length, "indexing");
    const start = performance.now();
    index = await openTestIndex(scratch, set.documents, countTokens, progress.step);
    if (options.triples) await index.importTriples(readTriples(folder));
    const index_seconds = (performance.now() - start) / 1000;
    progress.start(set.queries.length, "asking");
    const agents = await measureAgents(index, set, progress);
    if (options.foreign) notFound.push(await measureNotFound(index, name, set, progress));
    progress.end();
    reports.push({
      set: name,
      documents: set.documents.length,
      passages: await index.passages(),
      queries: set.queries.length,
      index_seconds,
      index_bytes: sizeOf(scratch),
      agents,
      reference: references.figures[name] ?? [],
    });
    console.log(formatSet(reports.at(-1)));
  } finally {
    progress.end();
    index?.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function measureAgents(index, { queries, judgments }, progress) {
  const measured = new Map(options.agents.map((agent) => [agent, []]));
  for (const query of queries.slice(0, 3)) await index.search(query, TOP_K);
  for (const query of queries) {
    const gains = judgments.get(query.id);
    const found = await index.search(query, TOP_K);
    for (const [agent, scores] of measured) {
      const { documents, ms } = found[agent];
      scores.push({
        ms,
        ndcg10: ndcg(documents, gains, 10),
        recall5: recall(documents, gains, 5),
        recall10: recall(documents, gains, 10),
        mrr: reciprocalRank(documents, gains),
      });
    }
    progress.step();
  }
  return [...measured].map(([agent, scores]) => {
    const of = (key) => scores.map((score) => score[key]);
    const means = Object.fromEntries(
      ["ndcg10", "recall5", "recall10", "mrr"].map((key) => [key, mean(of(key))]),
    );
    return { agent, ...means, p50_ms: percentile(of("ms"), 0.5), p99_ms: percentile(of("ms"), 0.99) };
  });
}

/** Asks the set its own questions and those of the other set, and counts the answers that found nothing. */
async function measureNotFound(index, name, set, progress) {
  const foreign = readSet(join(options.data, options.foreign)).queries;
  const count = async (queries) => {
    const asked = spread(queries, ANSWERED);
    progress.start(asked.length, "answering");
    let not_found = 0;
    for (const query of asked) {
      if (findsNothing(query.text, await index.retrieve(query, CHAT_TOP_K))) not_found += 1;
      progress.step();
    }
    return { questions: asked.length, not_found };
  };
  return {
    set: name,
    foreign: options.foreign,
    answerable: await count(set.queries),
    unanswerable: await count(foreign),
  };
}

/** At most so many of a list, from all of its length. */
function spread(list, most) {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, at) => list[Math.floor((at * list.length) / most)]);
}

function readTriples(folder) {
  const file = ["triples.jsonl", "openie.jsonl"].find((name) => existsSync(join(folder, name)));
  if (!file) return "";
  return toTripleLines(readFileSync(join(folder, file), "utf8"));
}

/** A bar in a terminal, one line for each stage elsewhere; on stderr, so that stdout is the result alone. */
function openProgress(name) {
  if (!process.stderr.isTTY) {
    return { start: (total, what) => console.error(`${name}: ${what} ${total}`), step() {}, end() {} };
  }
  const bar = new cliProgress.SingleBar(
    {
      format: `{bar} {value}/{total}  ${name}: {what}`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    cliProgress.Presets.shades_classic,
  );
  return {
    start: (total, what) => bar.start(total, 0, { what }),
    step: () => bar.increment(),
    end: () => bar.stop(),
  };
}

function sizeOf(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return entries.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

function describeMachine() {
  const cores = cpus().length;
  const gib = Math.round(totalmem() / 2 ** 30);
  const lance = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).dependencies[
    "@lancedb/lancedb"
  ];
  const line = `${cores} cores, ${gib} GiB, Node ${process.versions.node}, Lance ${lance}`;
  return { cores, memory_gib: gib, node: process.versions.node, lance, line };
}
