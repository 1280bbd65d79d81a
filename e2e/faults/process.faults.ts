import { afterAll, beforeAll, expect } from "vitest";
import type { ChatFrame } from "@/lib/events/chat-frame";
import { decodeChatStream } from "@/lib/events/sse";
import { createRedisClient } from "@/lib/store/redis-client";
import { type RedisTestServer, startRedisTestServer } from "@/lib/store/redis-test-server";
import { runKeys } from "@/lib/store/run-keys";
import { until } from "@/lib/store/until";
import { type AppServer, startApp } from "../support/app-server";
import { createClient, textOf } from "../support/ask";
import { createDocuments } from "../support/documents";
import { gate } from "../support/gate";
import { type ModelScript, type ModelServer, startModelServer } from "../support/model-server";
import { describeFaults } from "./describe-faults";
import type { FaultFacts, FaultRow } from "./fault-row";
import { type Asked, createFaultWorld, type FaultWorld, toUserFact } from "./fault-world";
import { readLog } from "./log-reader";
import { processFaults } from "./process-rows";

const WELL: ModelScript = { pieces: ["All ", "is well."] };
const STALL = new Promise<void>(() => {});
/** After the 30 seconds of draining: what else is to be closed. */
const CLOSED_MS = 10_000;

let redis: RedisTestServer;
let model: ModelServer;
let app: AppServer;
let world: FaultWorld;

beforeAll(async () => {
  redis = await startRedisTestServer({ durable: true });
  model = await startModelServer(WELL);
  app = await startApp({
    REDIS_URL: redis.url,
    SESSION_SECRETS: "one",
    OPENAI_BASE_URL: model.url,
    CHAT_MODEL: "gpt-4o-mini",
    LOG_LEVEL: "info",
  });
  world = createFaultWorld(app);
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await model[Symbol.asyncDispose]();
  await redis[Symbol.asyncDispose]();
});

/** Starts again, and looks what is left of an answer. */
async function lookAfterStart({ facts }: FaultRow, { requestId, user }: Asked, begin: number) {
  const line = facts.log && (await readLog(app, begin).expect(facts.log, requestId));
  model.script(WELL);
  await app.restart();
  const sidebar = await world.sidebar(requestId);
  await world.expectWell();
  return { user, sidebar, log: line, recovery: "restart" } satisfies FaultFacts;
}

/** Asks while the app is told to end; `meanwhile` is done when it refuses new questions. */
async function askAndEnd(meanwhile: () => void) {
  const begin = app.output().length;
  let exit: Promise<number | null> = Promise.resolve(null);
  const asked = await world.ask({
    async within() {
      exit = app.end("SIGTERM");
      await until(async () => (await world.client.fetch("/api/ready")).status === 503);
      expect((await world.ask()).user).toEqual({ kind: "refused", status: 503, code: "unavailable" });
      meanwhile();
    },
  });
  return { asked, exit: await exit, begin };
}

/** Resolves when Redis has the two tokens that were read: what is on its way there dies with the process. */
async function untilInRedis(requestId: string): Promise<void> {
  const store = createRedisClient(redis.url);
  await until(async () => {
    const [frames] = await store.pipeline([["XRANGE", runKeys(requestId).stream, "-", "+"]]).catch(() => []);
    return JSON.stringify(frames ?? []).includes("of it");
  });
  store.close();
}

/** Asks and reads so many tokens. */
async function readTokens(count: number) {
  const { response, frames } = await world.client.ask({ message: "Is all well?", kb_prefix: "sidetrace" });
  const read: ChatFrame[] = [];
  for await (const { frame } of frames) {
    read.push(frame);
    if (read.filter(({ status }) => status === "token").length === count) break;
  }
  const start = read.find((frame) => frame.status === "start");
  return {
    requestId: response.headers.get("x-request-id") ?? "",
    sessionId: start?.status === "start" ? start.session_id : "",
    text: textOf(read),
  };
}

describeFaults(processFaults, {
  drained: {
    async run(row) {
      const held = gate();
      model.script({ pieces: ["One ", "two."], holdAt: { index: 1, until: held.until } });
      const { asked, exit, begin } = await askAndEnd(held.open);
      expect(exit).toBe(0);
      return lookAfterStart(row, asked, begin);
    },
  },
  drainedLate: {
    async run(row) {
      model.script({ pieces: ["One ", "two."], holdAt: { index: 1, until: STALL } });
      const started = performance.now();
      const { asked, exit, begin } = await askAndEnd(() => {});
      expect(exit).toBe(0);
      expect(performance.now() - started).toBeLessThan(30_000 + CLOSED_MS);
      return lookAfterStart(row, asked, begin);
    },
  },
  killedInAnswer: {
    async run(row) {
      model.script({ pieces: ["Half ", "of it", "."], holdAt: { index: 2, until: STALL } });
      const begin = app.output().length;
      const { requestId, sessionId, text } = await readTokens(2);
      await untilInRedis(requestId);
      await app.end("SIGKILL");
      model.script(WELL);
      await app.restart();
      const { body } = await world.client.fetch(`/api/chat/${requestId}/stream`);
      const frames: ChatFrame[] = [];
      if (body) for await (const { frame } of decodeChatStream(body)) frames.push(frame);
      expect(textOf(frames)).toBe(text);
      world.accept({ requestId, sessionId, text, status: "error" });
      const asked = { requestId, sessionId, text, user: toUserFact(frames) };
      await app.end("SIGTERM");
      return lookAfterStart(row, asked, begin);
    },
  },
  killedInIngest: {
    async run({ facts }) {
      const documents = createDocuments(createClient(app.url, "admin"));
      await documents.createBase("crash");
      const { jobs } = await documents.send("crash", books());
      await app.end("SIGKILL");
      const begin = app.output().length;
      await app.restart();
      const states = new Set((await documents.ended(jobs)).map(({ state }) => state));
      expect((await documents.search("crash", "Gadget 77 hums")).length).toBeGreaterThan(0);
      await world.expectWell();
      return {
        user: { kind: "job", state: states.has("failed") ? "failed" : "done" },
        sidebar: null,
        log: facts.log && (await readLog(app, begin).expect(facts.log)),
        recovery: "restart",
      };
    },
  },
});

/** Six files that take longer than it takes to kill a process. */
function books(): Record<string, string> {
  const chapter = (n: number) => `## Chapter ${n}\n\n${`Gadget ${n} hums at dusk. `.repeat(60)}\n\n`;
  const chapters = Array.from({ length: 100 }, (_, n) => chapter(n)).join("");
  return Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`book${n}.md`, `# Book ${n}\n\n${chapters}`]));
}
