import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDayCounter } from "./day-counter";
import type { DaySums } from "./day-sums";
import { createFakeClock } from "./fake-clock";
import { createRedisClient, type RedisClient } from "./redis-client";
import { createRedisDaySums } from "./redis-day-sums";
import { createRedisTestServer, type RedisTestServer } from "./redis-test-server";
import { createSqliteDaySums } from "./sqlite-day-sums";
import { until } from "./until";

const DAY = "2026-11-26";

function describeSums(name: string, open: () => Promise<{ sums: DaySums; close(): Promise<void> }>) {
  describe(`${name} sums of a day`, () => {
    it("add up, and never fall below what who asks knows of", async () => {
      const { sums, close } = await open();
      const model = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom("a", "b"),
          fc.nat(1000),
          fc.nat(5000),
          async (key, amount, atLeast) => {
            const expected = Math.max((model.get(key) ?? 0) + amount, atLeast);
            model.set(key, expected);
            expect(await sums.add(DAY, key, amount, atLeast)).toBe(expected);
          },
        ),
        { numRuns: 50 },
      );
      await close();
    });

    it("are of one day each", async () => {
      const { sums, close } = await open();
      await sums.add(DAY, "x", 7, 0);
      expect(await sums.add("2026-11-27", "x", 1, 0)).toBe(1);
      await close();
    });
  });
}

describeSums("sqlite", async () => {
  const sums = createSqliteDaySums({ path: ":memory:" });
  return { sums, close: async () => sums.close() };
});

it("sums in a file outlive a restart, and two processes on it share them", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sidetrace-sums-"));
  const path = join(folder, "limits.sqlite");
  const [one, two] = [createSqliteDaySums({ path }), createSqliteDaySums({ path })];
  await one.add(DAY, "spend", 5, 0);
  expect(await two.add(DAY, "spend", 2, 0)).toBe(7);
  one.close();
  two.close();
  const again = createSqliteDaySums({ path });
  expect(await again.add(DAY, "spend", 0, 0)).toBe(7);
  again.close();
  await rm(folder, { recursive: true });
});

describe("with a real Redis", () => {
  let server: RedisTestServer;
  const clients: RedisClient[] = [];
  beforeAll(async () => {
    server = await createRedisTestServer();
    await server.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  beforeEach(async () => {
    await server.stop();
    await server.start();
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  async function connect(): Promise<RedisClient> {
    const redis = createRedisClient(server.url);
    clients.push(redis);
    await until(() => redis.isReady());
    return redis;
  }
  async function openCounter() {
    const redis = await connect();
    const clock = createFakeClock();
    return { redis, clock, counter: createDayCounter({ sums: createRedisDaySums({ redis }), clock }) };
  }

  describeSums("redis", async () => {
    const redis = await connect();
    return { sums: createRedisDaySums({ redis }), close: async () => {} };
  });

  it("two processes know of what both have used", async () => {
    const [one, two] = [await openCounter(), await openCounter()];
    one.counter.add("spend", 40);
    await one.counter.flush();
    two.counter.add("spend", 2);
    await two.counter.flush();
    expect([await one.counter.sum("spend"), await two.counter.sum("spend")]).toEqual([42, 42]);
  });

  it("what is used up stays used up while Redis is away, and more is counted", async () => {
    const { counter, redis } = await openCounter();
    counter.add("spend", 100);
    expect(await counter.sum("spend")).toBe(100);
    await server.stop();
    await until(() => !redis.isReady());
    counter.add("spend", 5);
    expect(await counter.sum("spend")).toBe(105);
  });

  it("a Redis that comes back empty is told what every process knows", async () => {
    const [one, two] = [await openCounter(), await openCounter()];
    one.counter.add("spend", 100);
    expect(await one.counter.sum("spend")).toBe(100);
    await server.stop();
    await until(() => !one.redis.isReady() && !two.redis.isReady());
    one.counter.add("spend", 5);
    await server.start();
    await until(() => one.redis.isReady() && two.redis.isReady());
    expect(await one.counter.sum("spend")).toBeGreaterThanOrEqual(105);
    expect(await two.counter.sum("spend")).toBeGreaterThanOrEqual(105);
  });

  it("what processes count on their own while Redis is away adds up when it is back", async () => {
    const [one, two] = [await openCounter(), await openCounter()];
    one.counter.add("spend", 100);
    await one.counter.flush();
    await two.counter.sum("spend");
    await server.stop();
    await until(() => !one.redis.isReady() && !two.redis.isReady());
    one.counter.add("spend", 5);
    two.counter.add("spend", 7);
    await Promise.all([one.counter.sum("spend"), two.counter.sum("spend")]);
    await server.start();
    await until(() => one.redis.isReady() && two.redis.isReady());
    await Promise.all([one.counter.flush(), two.counter.flush()]);
    expect(await one.counter.sum("spend")).toBe(112);
  });

  it("a frozen Redis holds nobody up for long", async () => {
    const { counter } = await openCounter();
    counter.add("spend", 1);
    server.pause();
    const start = performance.now();
    counter.add("spend", 1);
    expect(performance.now() - start).toBeLessThan(20);
    expect(await counter.sum("spend")).toBe(2);
    expect(performance.now() - start).toBeLessThan(2000);
    server.resume();
  });
});

describe("a counter", () => {
  const open = () => {
    const clock = createFakeClock(Date.parse(`${DAY}T23:00:00Z`));
    const sums = createSqliteDaySums({ path: ":memory:" });
    return { clock, counter: createDayCounter({ sums, clock }) };
  };

  it("begins anew with the day", async () => {
    const { counter, clock } = open();
    counter.add("spend", 9);
    expect(counter.msLeft()).toBe(3_600_000);
    clock.advance(3_600_000);
    expect(await counter.sum("spend")).toBe(0);
  });

  it("is not opened again by a clock that jumps back", async () => {
    const { counter, clock } = open();
    clock.advance(3_600_000);
    counter.add("spend", 9);
    clock.advance(-3_700_000);
    expect(await counter.sum("spend")).toBe(9);
  });
});
