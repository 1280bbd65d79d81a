import { afterEach, describe, expect, it } from "vitest";
import { createFakeClock } from "./fake-clock";
import { createMemoryRunStore } from "./memory-run-store";
import { createRedisClient, type RedisClient } from "./redis-client";
import { fastForward } from "./redis-fast-forward";
import { createRedisRunStore } from "./redis-run-store";
import {
  createRedisTestServer,
  type RedisTestServer,
  type RedisTestServerOptions,
} from "./redis-test-server";
import { createResilientRunStore, type ResilientRunStore } from "./resilient-run-store";
import type { RunStore } from "./run-store";
import { CONTRACT_TTL_SECONDS, describeRunStore } from "./run-store.contract";
import { sampleEvents, sampleHead, sampleSummary } from "./sample-run";
import { until } from "./until";
import type { WriteQueueLimits } from "./write-queue";

interface Process {
  store: ResilientRunStore;
  /** The Redis store alone, as another process sees it. */
  primary: RunStore;
  redis: RedisClient;
  clock: ReturnType<typeof createFakeClock>;
}

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function makeServer(options: RedisTestServerOptions = {}): Promise<RedisTestServer> {
  const server = await createRedisTestServer(options);
  closing.push(() => server[Symbol.asyncDispose]());
  return server;
}

function makeProcess(
  server: RedisTestServer,
  limits: Partial<WriteQueueLimits> = {},
  maxBytes = 1e6,
): Process {
  const clock = createFakeClock();
  const redis = createRedisClient(server.url);
  const ttlSeconds = CONTRACT_TTL_SECONDS;
  const primary = createRedisRunStore({ redis, ttlSeconds });
  const fallback = createMemoryRunStore({ clock, ttlSeconds, maxRuns: 100, maxBytes });
  const queue = { limits: { retryMs: 20, ...limits } };
  const store = createResilientRunStore({ primary, fallback, redis, clock, queue });
  closing.push(() => {
    store.close();
    redis.close();
  });
  return { store, primary, redis, clock };
}

async function makeReady(options: RedisTestServerOptions = {}) {
  const server = await makeServer(options);
  await server.start();
  const made = makeProcess(server);
  await until(made.redis.isReady);
  return { server, ...made };
}

const seqs = async (store: RunStore, id = "a") => (await store.read(id, 0))?.events.map(({ seq }) => seq);
const range = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

describeRunStore(
  "redis with memory before it",
  async () => {
    const { store, redis, clock } = await makeReady();
    const passSeconds = async (seconds: number) => {
      await store.flush();
      clock.advance(seconds * 1000);
      await fastForward(redis, seconds);
    };
    return { store, passSeconds, close: async () => {} };
  },
  { gaps: "counted" },
);

describe("resilient run store", () => {
  it("answers from Redis as soon as a run is appended, without being degraded", async () => {
    const { store, primary } = await makeReady();
    await store.append(sampleHead("a"), sampleEvents("a", 1, 3));
    expect(await store.read("a", 0)).toMatchObject({ source: "redis", degraded: false, lastSeq: 3 });
    expect(await primary.read("a", 0)).toMatchObject({ lastSeq: 3 });
    expect(await store.health()).toEqual({ state: "ok", backend: "redis", latency_ms: expect.any(Number) });
    expect(store.backend).toBe("redis");
  });

  it("stays on Redis while a run grows", async () => {
    const { store } = await makeReady();
    for (let seq = 1; seq <= 200; seq++) {
      const growing = store.append(sampleHead("a"), sampleEvents("a", seq, seq));
      if (seq % 5 === 0)
        expect(await store.read("a", seq - 5)).toMatchObject({ source: "redis", degraded: false });
      await growing;
    }
  });

  it("serves two processes on one Redis", async () => {
    const { server, store } = await makeReady();
    const other = makeProcess(server);
    await until(other.redis.isReady);
    await store.append(sampleHead("a"), sampleEvents("a", 1, 2));
    await store.flush();
    const feedback = { value: "up" as const, reasons: [], comment: null, at: 1 };
    await other.store.patchFacts("a", { feedback });
    expect(await other.store.read("a", 1)).toMatchObject({
      source: "redis",
      lastSeq: 2,
      events: [{ seq: 2 }],
    });
    expect(await store.read("a", 2)).toMatchObject({ facts: { feedback }, source: "redis" });
    // The other one closes the run, as it does when this process has died.
    await other.store.append(sampleHead("a", { status: "error" }), sampleEvents("a", 3, 3));
    await other.store.flush();
    expect(await store.read("a", 0)).toMatchObject({ head: { status: "error", dropped: 0 }, lastSeq: 3 });
  });

  it("forgets a run that another process deleted", async () => {
    const { server, store } = await makeReady();
    const other = makeProcess(server);
    await until(other.redis.isReady);
    await store.append(sampleHead("a"), sampleEvents("a", 1, 2));
    await store.flush();
    await other.store.delete("a");
    expect(await store.read("a", 0)).toBeNull();
    await store.append(sampleHead("a"), sampleEvents("a", 3, 3));
    await store.flush();
    expect(await store.read("a", 0)).toBeNull();
    expect(await other.store.read("a", 0)).toBeNull();
  });

  it("starts without Redis and hands everything over, in order, when it comes", async () => {
    const server = await makeServer();
    const { store, primary, redis } = makeProcess(server);
    for (let seq = 1; seq <= 20; seq++) await store.append(sampleHead("a"), sampleEvents("a", seq, seq));
    await store.putSummary(sampleSummary("a"));
    await store.patchFacts("a", {
      trace: { state: "pending", url: null, reason: null, observation_base: null },
    });
    expect(await store.read("a", 15)).toMatchObject({ source: "memory", degraded: true, lastSeq: 20 });
    expect(await store.health()).toEqual({ state: "degraded", backend: "memory", latency_ms: null });
    expect((await store.list({ sort: "time", limit: 5 })).items).toHaveLength(1);
    await server.start();
    await until(redis.isReady);
    await until(async () => (await store.read("a", 0))?.source === "redis");
    expect(await seqs(primary)).toEqual(range(20));
    expect(await primary.read("a", 0)).toMatchObject({
      head: { dropped: 0 },
      facts: { trace: { state: "pending" } },
    });
    expect((await primary.list({ sort: "time", limit: 5 })).items).toHaveLength(1);
  });

  for (const durable of [true, false]) {
    const what = durable ? "with its data" : "having lost its data";
    it(`survives a Redis that is killed in the middle and comes back ${what}`, async () => {
      const { server, store, primary, redis } = await makeReady({ durable });
      await store.append(sampleHead("a"), sampleEvents("a", 1, 5));
      await store.flush();
      await server.stop();
      await store.append(sampleHead("a"), sampleEvents("a", 6, 9));
      expect(await store.read("a", 0)).toMatchObject({ source: "memory", degraded: true, lastSeq: 9 });
      await server.start();
      await until(redis.isReady);
      await store.append(sampleHead("a", { status: "success" }), sampleEvents("a", 10, 10));
      await until(async () => (await primary.read("a", 0))?.lastSeq === 10);
      expect(await seqs(primary)).toEqual(range(10));
      expect(await store.read("a", 0)).toMatchObject({
        source: "redis",
        degraded: false,
        head: { status: "success", dropped: 0 },
      });
    });
  }

  it("is not held up by a frozen Redis, and all arrives without gap or duplicate when it thaws", async () => {
    const { server, store, primary, redis } = await makeReady();
    await store.append(sampleHead("a"), sampleEvents("a", 1, 2));
    await store.flush();
    server.pause();
    const begin = performance.now();
    for (let seq = 3; seq <= 40; seq++) await store.append(sampleHead("a"), sampleEvents("a", seq, seq));
    expect(performance.now() - begin).toBeLessThan(300);
    expect(await store.read("a", 30)).toMatchObject({ source: "memory", degraded: true, lastSeq: 40 });
    expect(performance.now() - begin).toBeLessThan(2500);
    await until(() => !redis.isReady());
    const known = performance.now();
    expect(await store.read("a", 30)).toMatchObject({ source: "memory", degraded: true });
    expect(performance.now() - known).toBeLessThan(250);
    await store.append(sampleHead("a"), sampleEvents("a", 41, 45));
    server.resume();
    await until(async () => (await store.read("a", 0))?.source === "redis");
    expect(await seqs(primary)).toEqual(range(45));
    expect(await store.read("a", 0)).toMatchObject({ degraded: false, head: { dropped: 0 } });
  });

  it("writes from memory what the queue had no room for", async () => {
    const server = await makeServer();
    const { store, primary } = makeProcess(server, { maxItems: 3 });
    for (const id of ["a", "b"]) {
      for (let seq = 1; seq <= 10; seq++) await store.append(sampleHead(id), sampleEvents(id, seq, seq));
      await store.putSummary(sampleSummary(id));
    }
    await server.start();
    await until(async () => (await store.read("b", 0))?.source === "redis");
    for (const id of ["a", "b"]) {
      expect([id, await seqs(primary, id)]).toEqual([id, range(10)]);
      expect(await primary.read(id, 0)).toMatchObject({ head: { dropped: 0 } });
    }
    expect((await primary.list({ sort: "time", limit: 5 })).items).toHaveLength(2);
  });

  it("counts what neither the queue nor memory had room for, and goes on", async () => {
    const server = await makeServer();
    const room = JSON.stringify(sampleEvents("a", 1, 4)).length;
    const { store, primary, redis } = makeProcess(server, { maxItems: 2 }, room);
    for (let seq = 1; seq <= 10; seq++) await store.append(sampleHead("a"), sampleEvents("a", seq, seq));
    await server.start();
    await until(redis.isReady);
    await until(async () => ((await primary.read("a", 0))?.lastSeq ?? 0) === 10);
    const slice = await primary.read("a", 0);
    expect(slice?.head.dropped).toBe(10 - (slice?.events.length ?? 0));
    expect(slice?.events.map(({ seq }) => seq).slice(0, 4)).toEqual(range(4));
    await store.append(sampleHead("a", { status: "success" }), sampleEvents("a", 11, 12));
    await store.flush();
    const after = await primary.read("a", 10);
    expect(after).toMatchObject({ lastSeq: 12, head: { dropped: slice?.head.dropped, status: "success" } });
  });

  it("says that the end of a run is lost when nothing follows it", async () => {
    const server = await makeServer();
    const room = JSON.stringify(sampleEvents("a", 1, 3)).length;
    const { store, primary, redis } = makeProcess(server, { maxItems: 1 }, room);
    for (let seq = 1; seq <= 6; seq++) {
      await store.append(
        sampleHead("a", { status: seq < 6 ? "running" : "success" }),
        sampleEvents("a", seq, seq),
      );
    }
    // One more item makes the queue give up the last event too.
    await store.putSummary(sampleSummary("a"));
    await server.start();
    await until(redis.isReady);
    await until(async () => (await primary.read("a", 0)) !== null);
    await store.flush();
    const slice = await primary.read("a", 0);
    expect(slice?.events.map(({ seq }) => seq)).toEqual(range(3));
    expect(slice?.head).toMatchObject({ status: "success", dropped: 3 });
  });

  it("keeps what a full Redis does not take, and hands it over when there is room", async () => {
    const { store, primary, redis } = await makeReady();
    await redis.pipeline([["CONFIG", "SET", "maxmemory", 1]]);
    await store.append(sampleHead("a"), sampleEvents("a", 1, 3));
    expect(await store.read("a", 0)).toMatchObject({ source: "memory", degraded: true, lastSeq: 3 });
    expect(await store.health()).toMatchObject({ state: "degraded", backend: "memory" });
    await redis.pipeline([["CONFIG", "SET", "maxmemory", 0]]);
    await until(async () => (await primary.read("a", 0))?.lastSeq === 3);
    await until(async () => (await store.health()).state === "ok");
  });

  it("does not ask a Redis that is known to be away", async () => {
    const server = await makeServer();
    const { redis, clock } = makeProcess(server);
    let asked = 0;
    const fallback = createMemoryRunStore({ clock, ttlSeconds: 10, maxRuns: 9, maxBytes: 1e6 });
    const count = async () => {
      asked += 1;
      return null;
    };
    const primary: RunStore = {
      ...fallback,
      backend: "redis",
      read: count,
      append: async () => void count(),
    };
    const store = createResilientRunStore({ primary, fallback, redis, clock });
    closing.push(() => store.close());
    await store.append(sampleHead("a"), sampleEvents("a", 1, 3));
    await store.read("a", 0);
    await store.flush();
    expect(asked).toBe(0);
  });

  it("says that it cannot know a run while Redis is away", async () => {
    const { store } = makeProcess(await makeServer());
    await expect(store.read("elsewhere", 0)).rejects.toMatchObject({ code: "unavailable" });
  });

  it("hands over a deletion that was made while Redis was away", async () => {
    const { server, store, primary, redis } = await makeReady({ durable: true });
    await store.append(sampleHead("a"), sampleEvents("a", 1, 2));
    await store.flush();
    await server.stop();
    await until(() => !redis.isReady());
    await store.delete("a");
    await server.start();
    await until(redis.isReady);
    await until(async () => (await primary.read("a", 0)) === null);
  });
});
