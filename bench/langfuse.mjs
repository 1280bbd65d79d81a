// Measures what Langfuse costs an answer: npm exec -- node bench/langfuse.mjs [--minutes 5] [--modes ok,hang,500,slow]
// Two built apps run side by side, one with Langfuse and one without; each question goes to one of them by lot, so that
// both see the same machine, whose moods are larger than what is measured. In each 50 answers are being made at a time;
// a model of one pace answers both. Prints the time to the first token, the ratio of the medians with its 95 % interval,
// and the processor time of an answer.
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
    minutes: { type: "string", default: "5" },
    modes: { type: "string", default: "ok,hang,500,slow" },
  },
});
const MODE_MS = Number(values.minutes) * 60_000;
/** Answers that each app is making at a time, on average. */
const CONCURRENT = 50;
/** How long the model takes for one. */
const ANSWER_MS = 12_000;
const RESAMPLES = 500;
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
  await load(3000);
  for (const mode of values.modes.split(",")) await measure(mode);
} finally {
  for (const app of [off, on, model]) await app[Symbol.asyncDispose]();
  receiver.stop();
}

async function measure(mode) {
  await receiver.setFault(FAULTS[mode]);
  const before = await Promise.all([off, on].map(readCounters));
  const times = await load(MODE_MS);
  const after = await Promise.all([off, on].map(readCounters));
  const show = (name, sample) =>
    `${name} p50 ${ms(quantile(sample, 0.5))} p95 ${ms(quantile(sample, 0.95))} (${sample.length} answers)`;
  console.log(`${mode}: ${show("off", times.off)}, ${show("on", times.on)}; ${ratioOf(times)}`);
  const [offMs, onMs] = after.map(({ seconds, answers }, app) => {
    return ((seconds - before[app].seconds) * 1000) / (answers - before[app].answers);
  });
  console.log(`  processor time of an answer: off ${ms(offMs)}, on ${ms(onMs)}`);
  const { checks } = await (await fetch(`${on.url}/api/ready`)).json();
  const { exported, failed, pending, dropped } = checks.langfuse;
  console.log(`  exported ${exported}, failed ${failed}, pending ${pending}, dropped ${dropped}`);
}

/** The ratio of the medians, and where it lies in 95 of 100 samples drawn again from the samples. */
function ratioOf(times) {
  const random = createRandom(11);
  const again = (sample) => sample.map(() => sample[Math.floor(random() * sample.length)]);
  const ratio = (a, b) => quantile(a, 0.5) / quantile(b, 0.5);
  const drawn = Array.from({ length: RESAMPLES }, () => ratio(again(times.on), again(times.off)));
  const [low, high] = [0.025, 0.975].map((q) => quantile(drawn, q).toFixed(3));
  return `ratio of p50 ${ratio(times.on, times.off).toFixed(3)} (95 % within ${low} and ${high})`;
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
async function load(forMs) {
  const random = createRandom(7);
  const start = performance.now();
  const times = { off: [], on: [] };
  const open = [];
  for (let at = 0; at < ANSWER_MS + forMs; at += -Math.log(1 - random()) * (ANSWER_MS / CONCURRENT / 2)) {
    await setTimeout(Math.max(0, start + at - performance.now()));
    const [name, app] = random() < 0.5 ? ["off", off] : ["on", on];
    const counts = at >= ANSWER_MS;
    open.push(firstToken(createClient(app.url, "user")).then((time) => counts && times[name].push(time)));
  }
  await Promise.all(open);
  return times;
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
