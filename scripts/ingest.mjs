// Takes files and folders into a knowledge base: npm run ingest -- <kb> <path…> [--create "Title"]
// [--triples file.jsonl] [--json]
// A process on the same settings as the server: it needs none that runs, and one that runs sees the documents at
// once and helps. What is not done when it ends goes on with the next start of either.
import "./resolve-typescript.mjs";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import cliProgress from "cli-progress";
import { requireNode } from "./require-node.mjs";

const USAGE =
  'usage: npm run ingest -- <knowledge base> <file or folder …> [--create "Title"] [--triples file.jsonl] [--json]';
const POLL_MS = 200;
const CONNECT_TRIES = 25;

requireNode();
const { kbPrefix, paths, create, triples, json } = readArguments();
if (existsSync(".env")) process.loadEnvFile(".env");
// Its own lines take the place of the log's.
process.env.LOG_LEVEL = "silent";

const { collectFiles } = await import("../lib/ingest/collect-files.ts");
const { ingestFiles } = await import("../lib/ingest/ingest-files.ts");
const { getRuntime } = await import("../lib/runtime.ts");

const files = await collectFiles(paths).catch(stop);
if (files.length === 0 && paths.length > 0) stop(new Error("There is no file that can be read."));
const statements = triples === undefined ? null : await readFile(triples, "utf8").catch(unreadable);
const started = performance.now();
const runtime = await getRuntime().catch(stop);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void interrupt());
try {
  await requireBase();
  await untilConnected();
  if (files.length > 0) report(await ingest());
  if (statements !== null) await takeTriples();
  await runtime.shutDown();
} catch (error) {
  await runtime.shutDown();
  stop(error);
}

async function requireBase() {
  if (await runtime.index.knowledgeBase(kbPrefix)) return;
  if (create === undefined) {
    throw new Error(`There is no knowledge base "${kbPrefix}"; --create "Title" makes it.`);
  }
  const { newKnowledgeBaseSchema } = await import("../lib/domain/knowledge-base.ts");
  const parsed = newKnowledgeBaseSchema.safeParse({ prefix: kbPrefix, title: create });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue.path.join(".")}: ${issue.message}`);
  }
  await runtime.knowledgeBases.create(parsed.data);
}

/** Redis is connected to in the background; when it stays away, the next call says so. */
async function untilConnected() {
  const isThere = () =>
    runtime.ingest.jobs({ limit: 1 }).then(
      () => true,
      () => false,
    );
  for (let tries = 0; tries < CONNECT_TRIES && !(await isThere()); tries += 1) await wait(POLL_MS);
}

/** After the files, which the triples may be about. */
async function takeTriples() {
  const taken = await runtime.importTriples(kbPrefix, statements);
  console.error(`${taken.triples} triples of ${taken.documents} documents imported`);
}

function unreadable() {
  return stop(new Error("The file of triples cannot be read."));
}

async function ingest() {
  const outcomes = [];
  const show = openProgress();
  for await (const step of ingestFiles(kbPrefix, files, runtime.ingest, () => wait(POLL_MS))) {
    outcomes.push(...step.ended);
    show.step(step, outcomes.length);
  }
  show.end();
  return outcomes;
}

/** A bar in a terminal, lines elsewhere; on stderr, so that stdout is the result alone. */
function openProgress() {
  if (!process.stderr.isTTY) return { step: printLines, end() {} };
  const bar = new cliProgress.SingleBar(
    {
      format: "{bar} {value}/{total}  {what}",
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    cliProgress.Presets.shades_classic,
  );
  bar.start(files.length, 0, { what: "" });
  return {
    step: ({ running }, done) => bar.update(done, { what: running ? describe(running) : "" }),
    end: () => bar.stop(),
  };
}

function printLines({ ended }, done) {
  for (const [at, { name, job, error }] of ended.entries()) {
    const outcome =
      error ??
      (job.unchanged ? "unchanged" : `${job.passages} ${job.passages === 1 ? "passage" : "passages"}`);
    console.error(`${done - ended.length + at + 1}/${files.length} ${name}: ${outcome}`);
  }
}

function describe({ name, stage, completed, total }) {
  const part = total > 1 ? ` ${Math.round((100 * completed) / total)} %` : "";
  return `${stage ?? ""}${part}  ${name}`.slice(0, Math.max(20, (process.stderr.columns ?? 80) - 60));
}

function report(outcomes) {
  const failed = outcomes.filter(({ error }) => error !== null);
  const unchanged = outcomes.filter(({ job, error }) => error === null && job.unchanged).length;
  const indexed = outcomes.length - failed.length - unchanged;
  const duration_ms = Math.round(performance.now() - started);
  if (json) {
    const failures = failed.map(({ name, error }) => ({ name, error }));
    console.log(
      JSON.stringify({
        kb_prefix: kbPrefix,
        files: files.length,
        indexed,
        unchanged,
        failed: failures,
        duration_ms,
      }),
    );
  } else {
    console.log(
      `${indexed} indexed, ${unchanged} unchanged, ${failed.length} failed in ${(duration_ms / 1000).toFixed(1)} s`,
    );
    for (const { name, error } of failed) console.log(`  ${name}: ${error}`);
  }
  process.exitCode = failed.length > 0 ? 1 : 0;
}

async function interrupt() {
  await runtime.shutDown();
  console.error("\nStopped. What was queued goes on with the next start of the server or of this command.");
  process.exit(130);
}

function readArguments() {
  try {
    const options = {
      create: { type: "string" },
      triples: { type: "string" },
      json: { type: "boolean", default: false },
    };
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [kbPrefix, ...paths] = positionals;
    if (kbPrefix && (paths.length > 0 || values.triples !== undefined)) return { kbPrefix, paths, ...values };
  } catch (error) {
    console.error(error.message);
  }
  console.error(USAGE);
  return process.exit(2);
}

function stop(error) {
  console.error(error.message);
  return process.exit(1);
}
