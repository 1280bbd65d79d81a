import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFakeClock } from "./fake-clock";
import { describeJobStore } from "./job-store.contract";
import { createRedisClient, type RedisClient } from "./redis-client";
import { fastForward, timesToLive } from "./redis-fast-forward";
import { createRedisJobStore } from "./redis-job-store";
import { type RedisTestServer, startRedisTestServer } from "./redis-test-server";
import { sampleJob } from "./sample-job";
import { createSqliteJobStore } from "./sqlite-job-store";
import { until } from "./until";

describeJobStore("sqlite", async () => {
  const clock = createFakeClock();
  const store = createSqliteJobStore({ path: ":memory:", clock });
  return {
    store,
    passSeconds: async (seconds) => clock.advance(seconds * 1000),
    close: async () => store.close(),
  };
});

it("a job that ended is kept as long as the setting says", async () => {
  const clock = createFakeClock();
  const store = createSqliteJobStore({ path: ":memory:", clock, keptMs: 1000 });
  await store.add([{ ...sampleJob(1), state: "failed", updated_at: clock.now() }], 10);
  clock.advance(1001);
  await store.add([sampleJob(2)], 10);
  expect((await store.list({ limit: 10 })).map(({ job_id }) => job_id)).toEqual([sampleJob(2).job_id]);
  store.close();
});

describe("on Redis", () => {
  let server: RedisTestServer;
  let redis: RedisClient;
  beforeAll(async () => {
    server = await startRedisTestServer();
    redis = createRedisClient(server.url);
    await until(redis.isReady);
  });
  afterAll(async () => {
    redis.close();
    await server[Symbol.asyncDispose]();
  });
  beforeEach(() => redis.pipeline([["FLUSHALL"]]));

  describeJobStore("redis", async () => ({
    store: createRedisJobStore({ redis }),
    passSeconds: (seconds) => fastForward(redis, seconds),
    close: async () => {},
  }));

  it("leaves no key of a deleted knowledge base, and no key without a time to live", async () => {
    const store = createRedisJobStore({ redis });
    await store.add([sampleJob(1), sampleJob(2)], 10);
    await store.claim("here", { owner: "me", leaseMs: 5000 });
    const ttls = await timesToLive(redis);
    for (const [key, ttl] of ttls) expect([key, ttl > 0]).toEqual([key, true]);
    const brief = createRedisJobStore({ redis, keptMs: 60_000 });
    await brief.add([sampleJob(3)], 10);
    expect((await timesToLive(redis)).get(`{jobs}:job:${sampleJob(3).job_id}`)).toBeLessThanOrEqual(60_000);
    await store.deleteOf({ kb_prefix: "lamp" });
    expect([...(await timesToLive(redis)).keys()]).toEqual([]);
  });
});
