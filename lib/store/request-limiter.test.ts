import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRedisClient, type RedisClient } from "./redis-client";
import { startRedisTestServer } from "./redis-test-server";
import { createLimiters, type OpenLimiter } from "./request-limiter";
import { until } from "./until";

const FIVE = { name: "test", requests: 5, seconds: 60 };

async function takeUntilRefused(open: OpenLimiter): Promise<number> {
  const limiter = open(FIVE);
  for (let taken = 0; taken < 20; taken += 1) {
    const waitMs = await limiter.take("ada");
    if (waitMs === null) continue;
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(60_000);
    return taken;
  }
  throw new Error("nothing was refused");
}

it("in memory, one request too many is told how long to wait, and nobody else is", async () => {
  const open = createLimiters(null);
  expect(await takeUntilRefused(open)).toBe(5);
  expect(await open(FIVE).take("bob")).toBeNull();
});

describe("with a real Redis", () => {
  let server: Awaited<ReturnType<typeof startRedisTestServer>>;
  const clients: RedisClient[] = [];
  const connect = async () => {
    const redis = createRedisClient(server.url);
    clients.push(redis);
    await until(() => redis.isReady());
    return redis;
  };
  beforeAll(async () => {
    server = await startRedisTestServer();
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await server[Symbol.asyncDispose]();
  });

  it("two processes share one limit", async () => {
    const [one, two] = [createLimiters(await connect())(FIVE), createLimiters(await connect())(FIVE)];
    const taken = [];
    for (let n = 0; n < 3; n += 1) taken.push(await one.take("ada"), await two.take("ada"));
    expect(taken.slice(0, 5)).toEqual([null, null, null, null, null]);
    expect(taken[5]).toBeGreaterThan(0);
  });

  it("goes on in memory while Redis is away", async () => {
    const redis = await connect();
    await server.stop();
    await until(() => !redis.isReady());
    expect(await takeUntilRefused(createLimiters(redis))).toBe(5);
  });
});
