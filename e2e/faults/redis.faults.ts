import { afterAll, beforeAll } from "vitest";
import { createRedisClient, type RedisClient, type RedisCommand } from "@/lib/store/redis-client";
import { createRedisTestServer, type RedisTestServer } from "@/lib/store/redis-test-server";
import { until } from "@/lib/store/until";
import { type AppServer, startApp } from "../support/app-server";
import { type ModelServer, startModelServer } from "../support/model-server";
import { describeFaults, type FaultTest } from "./describe-faults";
import type { FaultFacts, FaultRow } from "./fault-row";
import { type AskOptions, createFaultWorld, type FaultWorld } from "./fault-world";
import { type LogReader, readLog } from "./log-reader";
import { redisFaults } from "./redis-rows";

const PASSWORD = "password-of-redis";

let redis: RedisTestServer;
let model: ModelServer;
let app: AppServer;
let world: FaultWorld;

beforeAll(async () => {
  redis = await createRedisTestServer({ durable: true, password: PASSWORD });
  // Slow enough that a fault in the middle is noticed before the end.
  model = await startModelServer({ pieces: Array.from({ length: 20 }, (_, n) => `word${n} `), pauseMs: 60 });
  app = await startApp({
    REDIS_URL: redis.url,
    SESSION_SECRETS: "secret-of-the-session",
    OPENAI_BASE_URL: model.url,
    CHAT_MODEL: "gpt-4o-mini",
    LOG_LEVEL: "info",
  });
  world = createFaultWorld(app, [PASSWORD, "secret-of-the-session"]);
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await model[Symbol.asyncDispose]();
  await redis[Symbol.asyncDispose]();
});

async function look({ facts }: FaultRow, log: LogReader, options: AskOptions = {}): Promise<FaultFacts> {
  const { requestId, user } = await world.ask(options);
  const sidebar = await world.sidebar(requestId, ({ source }) => source === facts.sidebar?.source);
  return { user, sidebar, log: facts.log && (await log.expect(facts.log, requestId)), recovery: "alone" };
}

/** The record that waited has followed to Redis, and chat is well. */
async function expectBack(): Promise<void> {
  await world.expectWell();
  const { requestId } = await world.ask();
  await world.sidebar(requestId, ({ source, degraded }) => source === "redis" && !degraded);
}

async function startEmpty(): Promise<void> {
  await redis.stop();
  await redis.forget();
  await redis.start();
}

/** Faults that Redis is told of: by a connection that is not the app's. */
function told(begin: readonly RedisCommand[], end: readonly RedisCommand[]): FaultTest {
  return {
    async run(row) {
      const control: RedisClient = createRedisClient(redis.url);
      await until(control.isReady);
      const log = readLog(app);
      await control.pipeline(begin);
      const facts = await look(row, log).finally(() => control.pipeline(end));
      control.close();
      await expectBack();
      return facts;
    },
  };
}

describeFaults(redisFaults, {
  absent: {
    async run(row) {
      const facts = await look(row, readLog(app, 0));
      await redis.start();
      await expectBack();
      return facts;
    },
  },
  killed: {
    async run(row) {
      const facts = await look(row, readLog(app), { within: redis.stop });
      await redis.start();
      await expectBack();
      return facts;
    },
  },
  frozen: {
    async run(row) {
      const facts = await look(row, readLog(app), { within: async () => redis.pause() });
      redis.resume();
      await expectBack();
      return facts;
    },
  },
  emptied: {
    async run(row) {
      const facts = await look(row, readLog(app), { within: startEmpty });
      await expectBack();
      return facts;
    },
  },
  full: told([["CONFIG", "SET", "maxmemory", "1"]], [["CONFIG", "SET", "maxmemory", "0"]]),
  password: told(
    [
      ["CONFIG", "SET", "requirepass", "another-one"],
      ["CLIENT", "KILL", "TYPE", "normal"],
    ],
    [["CONFIG", "SET", "requirepass", PASSWORD]],
  ),
  readOnly: told([["REPLICAOF", "127.0.0.1", "1"]], [["REPLICAOF", "NO", "ONE"]]),
});
