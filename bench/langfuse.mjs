// Measures what Langfuse costs an answer: npm exec -- node bench/langfuse.mjs [--rounds 6] [--seconds 8] [--modes ok,hang,500,slow]
// Two built apps run side by side, one with Langfuse and one without, and take turns under a load of which 50
// answers are being made at a time; a model of one pace answers both. Prints the time to the first token and its ratio,
// and the processor time of an answer, which tells what Langfuse costs where the machine is too noisy for the first.
import "../scripts/resolve-typescript.mjs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createRandom } from "./scale-corpus.mjs";

const { startApp } = await import("@/e2e/support/app-server");
const { createClient } = await import("@/e2e/support/ask");
const { startModelServer } = await import("@/e2e/support/model-server");

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "6" },
    seconds: { type: "string", default: "8" },
    modes: { type: "string", default: "ok,hang,500,slow" },
  },
});
const ROUNDS = Number(values.rounds);
const ROUND_MS = Number(values.seconds) * 1000;
/** Answers that are being made at a time, on average. */
const CONCURRENT = 50;
/** How long the model takes for one. */
const ANSWER_MS = 4000;
const QUESTION = { message: "How long is debug data kept?", kb_prefix: "sidetrace" };

/** What the server that plays Langfuse does. */
const FAULTS = {
  ok: null,
  hang: { kind: "hang" },
  401: { kind: "status", status: 401 },
  429: { kind: "status", status: 429, retryAfterSeconds: 1 },
  500: { kind: "status", status: 500 },
  slow: { kind: "slow", ms: 10_000 },
};

const pieces = Array.from({ length: 40 }, (_, n) => (n === 0 ? "An hour. [1] " : `word ${n} `));
const model = await startModelServer({ pieces, pauseMs: ANSWER_MS / pieces.length });
const receiver = await startReceiver();
const shared = { OPENAI_BASE_URL: model.url, CHAT_MODEL: "gpt-4o-mini" };
const off = await startApp(shared);
const on = await startApp({
  ...shared,
  LANGFUSE_ENABLED: "true",
  LANGFUSE_HOST: receiver.url,
  LANGFUSE_PUBLIC_KEY: receiver.publicKey,
  LANGFUSE_SECRET_KEY: receiver.secretKey,
});
try {
  for (const app of [off, on]) await load(app, 3000);
  for (const mode of values.modes.split(",")) await measure(mode);
} finally {
  for (const app of [off, on, model]) await app[Symbol.asyncDispose]();
  receiver.stop();
}

async function measure(mode) {
  await receiver.setFault(FAULTS[mode]);
  const times = { off: [], on: [] };
  const processorMs = { off: [], on: [] };
  const ratios = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // In turn, so that neither profits from a quieter moment of the machine.
    const order = round % 2 === 0 ? ["off", "on"] : ["on", "off"];
    const medians = {};
    for (const which of order) {
      const { sample, msPerAnswer } = await loadMeasured(which === "on" ? on : off);
      times[which].push(...sample);
      processorMs[which].push(msPerAnswer);
      medians[which] = quantile(sample, 0.5);
    }
    ratios.push(medians.on / medians.off);
  }
  const figures = ["off", "on"].map(
    (which) =>
      `${which} p50 ${ms(quantile(times[which], 0.5))} p95 ${ms(quantile(times[which], 0.95))} (${times[which].length} answers)`,
  );
  const ratio = quantile(times.on, 0.5) / quantile(times.off, 0.5);
  console.log(
    `${mode}: ${figures.join(", ")}; ratio of p50 ${ratio.toFixed(3)}, per round ${ratios.map((one) => one.toFixed(3)).join(" ")}`,
  );
  const processor = ["off", "on"].map((which) => `${which} ${ms(quantile(processorMs[which], 0.5))}`);
  console.log(`  processor time of an answer, median of the rounds: ${processor.join(", ")}`);
  const { checks } = await (await fetch(`${on.url}/api/ready`)).json();
  const { exported, failed, pending, dropped } = checks.langfuse;
  console.log(`  exported ${exported}, failed ${failed}, pending ${pending}, dropped ${dropped}`);
}

/** One round, and the processor time of the app by the answers that it made. */
async function loadMeasured(app) {
  const before = await readCounters(app);
  const sample = await load(app, ROUND_MS);
  const after = await readCounters(app);
  const msPerAnswer = ((after.seconds - before.seconds) * 1000) / (after.answers - before.answers);
  return { sample, msPerAnswer };
}

async function readCounters(app) {
  const text = await (await createClient(app.url, "admin").fetch("/api/metrics")).text();
  const sum = (name) =>
    [...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, "gm"))]
      .map(([, value]) => Number(value))
      .reduce((total, value) => total + value, 0);
  return { seconds: sum("process_cpu_seconds_total"), answers: sum("sidetrace_requests_total") };
}

/**
 * Questions for so long, the times to the first token of those that came when as many as always were being
 * answered. They come as people do, independent of one another: who asked at once when the last answer ended would
 * soon ask together with all others.
 */
async function load(app, forMs) {
  const random = createRandom(7);
  const start = performance.now();
  const times = [];
  for (let at = 0; at < ANSWER_MS + forMs; at += -Math.log(1 - random()) * (ANSWER_MS / CONCURRENT)) {
    await setTimeout(Math.max(0, start + at - performance.now()));
    const counts = at >= ANSWER_MS;
    times.push(firstToken(createClient(app.url, "user")).then((time) => (counts ? [time] : [])));
  }
  return (await Promise.all(times)).flat();
}

async function firstToken(client) {
  const start = performance.now();
  let first = null;
  const { frames } = await client.ask(QUESTION);
  for await (const { frame } of frames) {
    if (frame.status === "token") first ??= performance.now() - start;
  }
  if (first === null) throw new Error("an answer without a token");
  return first;
}

/** The receiver as a process of its own: what it costs is not the app's. */
async function startReceiver() {
  const child = spawn(process.execPath, ["e2e/support/otlp-receiver-main.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface(child.stdout), "line");
  const keys = JSON.parse(line);
  return {
    ...keys,
    async setFault(fault) {
      const body = JSON.stringify({ fault, scope: "all" });
      await fetch(`${keys.url}/__control/fault`, { method: "POST", body });
    },
    stop: () => child.kill(),
  };
}

function quantile(samples, q) {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
}

function ms(value) {
  return `${value.toFixed(1)} ms`;
}
