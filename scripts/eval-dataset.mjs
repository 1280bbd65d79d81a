// Answers the questions of a Langfuse dataset, or of a file with one JSON object a line, as the chat would, measures
// the answers and records the run in Langfuse: npm run eval -- --dataset <name or file.jsonl> [--run name]
// [--concurrency n] [--min answer_contains=0.8 …] [--no-record] [--json file]
import "./resolve-typescript.mjs";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import cliProgress from "cli-progress";

const USAGE =
  "usage: npm run eval -- --dataset <name or file.jsonl> [--run name] [--concurrency n] [--min score=0.8 …] [--no-record] [--json file]";
const MAX_CONCURRENCY = 16;
const PROMPT_WAIT_MS = 5000;

if (existsSync(".env")) process.loadEnvFile(".env");
// Its own lines take the place of the log's.
process.env.LOG_LEVEL = "silent";

const { parseExperimentFile, fromDatasetItem } = await import("../lib/eval/experiment-item.ts");
const { runExperiment } = await import("../lib/eval/run-experiment.ts");
const { formatExperiment, missedThresholds, parseThreshold, reportExperiment } = await import(
  "../lib/eval/experiment-report.ts"
);
const { getRuntime } = await import("../lib/runtime.ts");

const options = readOptions();
const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stopping.abort());
const runtime = await getRuntime().catch(stop);
try {
  process.exitCode = await evaluateDataset();
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
await runtime.shutDown();

/** 0 when every item was answered and recorded and every threshold reached, 1 when not, 130 when interrupted. */
async function evaluateDataset() {
  const { items, datasetId } = await readItems();
  if (items.length === 0) throw new Error(`${options.dataset} has no items.`);
  if (options.record && !runtime.settings.DEBUG_CONTENT)
    throw new Error(
      "Contents are not kept here (DEBUG_CONTENT=off), so nothing can be recorded: say --no-record.",
    );
  await untilPromptIsThere();
  const experiment = options.record ? openExperiment(datasetId) : null;
  const progress = openProgress(items.length);
  const unrecorded = [];
  const results = await runExperiment(items, {
    ports: runtime.pipeline,
    sessionId: runtime.ids.uuid(),
    concurrency: options.concurrency,
    signal: stopping.signal,
    async onResult({ item, record, scores }) {
      const expected =
        typeof item.expected === "string" ? item.expected : (item.expected?.join("\n") ?? null);
      await experiment
        ?.record({ itemId: item.id, expected, record, scores: { ...scores } })
        .catch(({ message }) => unrecorded.push(`${item.id}: ${message}`));
      progress.step(item.id);
    },
  }).finally(() => progress.end());
  const url = (await experiment?.url()) ?? null;
  const report = reportExperiment({ name: options.run, dataset: options.dataset, url }, results);
  console.log(formatExperiment(report));
  if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  if (stopping.signal.aborted) return 130;
  const missed = missedThresholds(report.means, options.thresholds);
  for (const line of missed) console.error(line);
  for (const line of unrecorded) console.error(`not recorded: ${line}`);
  return report.failed + missed.length + unrecorded.length > 0 ? 1 : 0;
}

async function readItems() {
  const { dataset } = options;
  if (dataset.endsWith(".jsonl")) {
    if (!existsSync(dataset)) throw new Error(`There is no file ${dataset}.`);
    return { items: parseExperimentFile(readFileSync(dataset, "utf8")), datasetId: null };
  }
  if (!runtime.datasets) {
    throw new Error("Langfuse is off: connect it, or name a file that ends in .jsonl.");
  }
  const found = await runtime.datasets.read(dataset);
  if (!found) {
    const names = await runtime.datasets.list();
    throw new Error(
      `Langfuse has no dataset "${dataset}"${names.length > 0 ? `; it has ${names.join(", ")}` : ""}.`,
    );
  }
  return { items: found.items.map(fromDatasetItem), datasetId: found.id };
}

function openExperiment(datasetId) {
  return runtime.experiments?.open({ name: options.run, datasetId }) ?? null;
}

/** The chat never waits for the managed prompt; what is measured here should be it. */
async function untilPromptIsThere() {
  if (!runtime.settings.LANGFUSE_PROMPTS || !runtime.datasets) return;
  const end = performance.now() + PROMPT_WAIT_MS;
  while (!runtime.pipeline.prompts.current() && performance.now() < end) await wait(50);
}

/** A bar in a terminal, a line for each item elsewhere; on stderr, so that stdout is the result alone. */
function openProgress(total) {
  let done = 0;
  if (!process.stderr.isTTY) return { step: (id) => console.error(`${++done}/${total} ${id}`), end() {} };
  const bar = new cliProgress.SingleBar(
    {
      format: "{bar} {value}/{total}  {what}",
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    cliProgress.Presets.shades_classic,
  );
  bar.start(total, 0, { what: "" });
  return { step: (what) => bar.increment(1, { what: what.slice(0, 40) }), end: () => bar.stop() };
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        dataset: { type: "string" },
        run: { type: "string" },
        concurrency: { type: "string", default: "1" },
        min: { type: "string", multiple: true, default: [] },
        "no-record": { type: "boolean", default: false },
        json: { type: "string" },
      },
    });
    const { dataset, min, json } = values;
    if (!dataset) throw new Error("--dataset is empty.");
    const concurrency = Number(values.concurrency);
    if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > MAX_CONCURRENCY) {
      throw new Error(`--concurrency ${values.concurrency}: a whole number from 1 to ${MAX_CONCURRENCY}.`);
    }
    const run = values.run ?? `${basename(dataset, ".jsonl")} ${new Date().toISOString().slice(0, 19)}Z`;
    const thresholds = new Map(min.map(parseThreshold));
    return { dataset, run, concurrency, thresholds, record: !values["no-record"], json };
  } catch (error) {
    return stop(new Error(`${error.message}\n${USAGE}`));
  }
}

function stop(error) {
  console.error(error.message);
  return process.exit(2);
}
