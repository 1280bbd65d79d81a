import { availableParallelism, loadavg } from "node:os";
import { z } from "zod";
import { startRedisTestServer } from "@/lib/store/redis-test-server";
import { until } from "@/lib/store/until";
import { readAnswer } from "../faults/kept-answers";
import { type AppServer, startApp } from "../support/app-server";
import { createClient } from "../support/ask";
import { startModelServer } from "../support/model-server";
import { startOtlpReceiver } from "../support/otlp-receiver";
import { memoryGrowth, sampleProcess, watchProcess } from "./process-gauge";
import { createRandom } from "./random";
import { chatOn, type SoakTally } from "./soak-chat";
import { runFaults } from "./soak-faults";
import { soakScript } from "./soak-model";
import { watchStalls } from "./watch-stalls";

export interface SoakOptions {
  minutes: number;
  chats: number;
  seed: number;
}

/** A line of the report; `isMet` is null for a figure without a limit. */
export interface SoakFinding {
  name: string;
  value: string;
  limit: string;
  isMet: boolean | null;
}

const MINUTE_MS = 60_000;
/** Buffers of streams are kept for ten minutes; a short soak has a third of its time to warm up. */
const LONGEST_WARM_UP_MS = 11 * MINUTE_MS;
const SETTLE_MS = 60_000;
const EXIT_MS = 15_000;
const MOST_GROWTH = 0.1;
/** Connections that are kept open for the next call. */
const SPARE_DESCRIPTORS = 30;

/** Many chats at once on a real app, while the model, Redis and Langfuse fail now and then. */
export async function runSoak({ minutes, chats, seed }: SoakOptions): Promise<SoakFinding[]> {
  await using redis = await startRedisTestServer({ durable: true });
  await using model = await startModelServer({ pieces: [] });
  const receiver = await startOtlpReceiver();
  model.script((request) => {
    model.requests.length = 0;
    return soakScript(request);
  });
  await using app = await startApp({
    REDIS_URL: redis.url,
    SESSION_SECRETS: "soak",
    OPENAI_BASE_URL: model.url,
    CHAT_MODEL: "gpt-4o-mini",
    MODEL_TIMEOUT_SECONDS: "2",
    LANGFUSE_ENABLED: "true",
    LANGFUSE_HOST: receiver.url,
    LANGFUSE_PUBLIC_KEY: receiver.publicKey,
    LANGFUSE_SECRET_KEY: receiver.secretKey,
    LOG_LEVEL: "error",
  });
  const random = createRandom(seed);
  const tally: SoakTally = { accepted: [], ends: {}, violations: [] };
  const signal = AbortSignal.timeout(minutes * MINUTE_MS);
  const before = sampleProcess(app.pid());
  const gauge = watchProcess(app.pid());
  const stalls = watchStalls(app.url);
  const people = Array.from({ length: chats }, (_, n) =>
    chatOn({ url: app.url, name: `c${n}`, random: createRandom(seed + n + 1) }, tally, signal),
  );
  const faults = await runFaults({ redis, receiver }, random, signal);
  await Promise.all(people);
  gauge.stop();
  stalls.stop();
  const load = loadavg()[1] ?? 0;

  const settled = await settle(app);
  const lost = await countLost(tally);
  const after = sampleProcess(app.pid());
  const ending = performance.now();
  const exit = await app.end("SIGTERM");
  const exitMs = performance.now() - ending;
  await receiver.close();
  const warmUpMs = Math.min(LONGEST_WARM_UP_MS, (minutes * MINUTE_MS) / 3);
  const growth = memoryGrowth(gauge.samples, warmUpMs);
  for (const violation of tally.violations.slice(0, 20)) console.error(violation);
  return [
    figure("answers accepted", tally.accepted.length),
    figure("how they ended", toList(tally.ends)),
    figure("faults of Redis and Langfuse", toList(faults)),
    finding("violations", tally.violations.length, "0", tally.violations.length === 0),
    finding("answers lost", lost, "0", lost === 0),
    finding("what waited has been written and sent", settled, "true", settled),
    figure("load of the machine, its cores", `${load.toFixed(1)}, ${availableParallelism()}`),
    figure("longest stall of the event loop", `${stalls.longestMs()} ms`),
    figure("memory at the end", `${Math.round(after.rssBytes / 2 ** 20)} MB`),
    finding(
      `growth of memory after ${Math.round(warmUpMs / 1000)} s`,
      `${(growth * 100).toFixed(1)} %`,
      "± 10 %",
      Math.abs(growth) <= MOST_GROWTH,
    ),
    finding(
      "open files and sockets",
      `${before.descriptors} before, ${after.descriptors} after`,
      `+ ${SPARE_DESCRIPTORS}`,
      after.descriptors <= before.descriptors + SPARE_DESCRIPTORS,
    ),
    finding(
      "end after SIGTERM",
      `exit ${exit} in ${Math.round(exitMs)} ms`,
      `0 in ${EXIT_MS} ms`,
      exit === 0 && exitMs < EXIT_MS,
    ),
  ];
}

const readySchema = z.object({
  checks: z.object({
    debug_store: z.object({ state: z.string() }),
    langfuse: z.object({ pending: z.number(), failed: z.number(), dropped: z.number() }),
  }),
});

/** Whether Redis and Langfuse have everything within a minute, and nothing was dropped. */
async function settle({ url }: AppServer): Promise<boolean> {
  const isSettled = async () => {
    const response = await fetch(`${url}/api/ready`);
    const { debug_store, langfuse } = readySchema.parse(await response.json()).checks;
    return debug_store.state === "ok" && langfuse.pending + langfuse.failed + langfuse.dropped === 0;
  };
  // A question of its own: a trace that is taken lets those follow that failed.
  await createClient(url).answer({ message: "Is all well?", kb_prefix: "general" });
  return until(isSettled, SETTLE_MS).then(
    () => true,
    () => false,
  );
}

/** Every answer is read back, as far as it was written. */
async function countLost({ accepted, violations }: SoakTally): Promise<number> {
  let lost = 0;
  for (const { client, answer } of accepted) {
    const kept = await readAnswer(client, answer);
    if (kept?.content === answer.text && kept.status === answer.status) continue;
    lost += 1;
    violations.push(`lost ${answer.requestId}: ${kept?.status ?? "not there"}, expected ${answer.status}`);
  }
  return lost;
}

const toList = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");

function figure(name: string, value: string | number): SoakFinding {
  return { name, value: String(value), limit: "", isMet: null };
}

function finding(name: string, value: string | number | boolean, limit: string, isMet: boolean): SoakFinding {
  return { name, value: String(value), limit, isMet };
}
