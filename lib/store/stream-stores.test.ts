import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ChatFrame } from "@/lib/events/chat-frame";
import { createFakeClock } from "./fake-clock";
import { createMemoryStreamStore } from "./memory-stream-store";
import { createRedisClient, type RedisClient } from "./redis-client";
import { fastForward, timesToLive } from "./redis-fast-forward";
import { createRedisStreamStore } from "./redis-stream-store";
import { createRedisTestServer, type RedisTestServer, startRedisTestServer } from "./redis-test-server";
import { createResilientStreamStore } from "./resilient-stream-store";
import { describeStreamStore } from "./stream-store.contract";
import { until } from "./until";

const token = (content: string): ChatFrame => ({ status: "token", content });
const tokens = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => token(`word ${first + i}`));
const done: ChatFrame = { status: "done", request_id: "a", finish_reason: "stop", usage: null };

describeStreamStore(
  "memory",
  async () => {
    const clock = createFakeClock();
    const store = createMemoryStreamStore({ clock });
    return { store, passSeconds: async (seconds) => clock.advance(seconds * 1000), close: async () => {} };
  },
  { leaseExpires: false, gaps: "refused" },
);

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

  describeStreamStore(
    "redis",
    async () => ({
      store: createRedisStreamStore({ redis, leaseDoubtMs: 0 }),
      passSeconds: (seconds) => fastForward(redis, seconds),
      close: async () => {},
    }),
    { leaseExpires: true, gaps: "refused" },
  );

  describeStreamStore(
    "redis with memory before it",
    async () => {
      const clock = createFakeClock();
      const primary = createRedisStreamStore({ redis, leaseDoubtMs: 0 });
      const store = createResilientStreamStore({
        primary,
        fallback: createMemoryStreamStore({ clock }),
        redis,
      });
      const passSeconds = async (seconds: number) => {
        await store.flush();
        clock.advance(seconds * 1000);
        await fastForward(redis, seconds);
      };
      return { store, passSeconds, close: async () => store.close() };
    },
    { leaseExpires: false, gaps: "ignored" },
  );

  it("leaves no key without a time to live", async () => {
    const store = createRedisStreamStore({ redis });
    await store.open("a", "browser");
    await store.append("a", 1, tokens(1, 2));
    await store.requestStop("a");
    await store.markReader("a");
    await store.open("b", "browser");
    await store.append("b", 1, [done]);
    for (const [key, ttl] of await timesToLive(redis)) expect([key, ttl > 0]).toEqual([key, true]);
  });

  it("does not take an owner for dead that could not renew its lease because Redis was away", async () => {
    await createRedisStreamStore({ redis }).open("a", "browser");
    await fastForward(redis, 11);
    const readyForMs = (ms: number): RedisClient => ({ ...redis, readyForMs: () => ms });
    const soon = createRedisStreamStore({ redis: readyForMs(3999) });
    expect(await soon.read("a", 0)).toMatchObject({ alive: true });
    const later = createRedisStreamStore({ redis: readyForMs(4000) });
    expect(await later.read("a", 0)).toMatchObject({ alive: false });
  });

  it("says so when a frame was made by a later version", async () => {
    const store = createRedisStreamStore({ redis });
    await store.open("a", "browser");
    await redis.pipeline([["XADD", "run:{a}:stream", "1-0", "frame", '{"v":2,"status":"token"}']]);
    await expect(store.read("a", 0)).rejects.toThrow("made by a later version");
  });
});

describe("resilient stream store", () => {
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });

  async function makeServer(): Promise<RedisTestServer> {
    const server = await createRedisTestServer();
    closing.push(() => server[Symbol.asyncDispose]());
    return server;
  }

  function makeProcess(server: RedisTestServer, maxItems = 1000) {
    const redis = createRedisClient(server.url);
    const primary = createRedisStreamStore({ redis, leaseDoubtMs: 0 });
    const fallback = createMemoryStreamStore({ clock: createFakeClock() });
    const queue = { limits: { retryMs: 20, maxItems } };
    const store = createResilientStreamStore({ primary, fallback, redis, queue });
    closing.push(() => {
      store.close();
      redis.close();
    });
    return { store, redis };
  }

  it("lets another process follow, stop, and know of readers", async () => {
    const server = await makeServer();
    await server.start();
    const [own, other] = [makeProcess(server), makeProcess(server)];
    await until(() => own.redis.isReady() && other.redis.isReady());
    await own.store.open("a", "browser");
    expect(await other.store.read("a", 0)).toMatchObject({ owner: "browser", frames: [], alive: true });
    await own.store.append("a", 1, tokens(1, 3));
    await own.store.flush();
    expect((await other.store.read("a", 1))?.frames).toEqual(tokens(2, 3));
    await other.store.markReader("a");
    expect(await own.store.hasReader("a")).toBe(true);
    await other.store.requestStop("a");
    expect(await own.store.stopRequested("a")).toBe(true);
  });

  it("hands over a whole answer that was made while Redis was away", async () => {
    const server = await makeServer();
    const own = makeProcess(server);
    await own.store.open("a", "browser");
    for (let n = 1; n <= 50; n++) await own.store.append("a", n, tokens(n, n));
    expect((await own.store.read("a", 0))?.frames).toHaveLength(50);
    await own.store.renewLease("a");
    await own.store.markReader("a");
    expect(await own.store.hasReader("a")).toBe(true);
    expect(await own.store.stopRequested("a")).toBe(false);
    await server.start();
    const other = makeProcess(server);
    await until(other.redis.isReady);
    await until(async () => (await other.store.read("a", 0))?.frames.length === 50);
    expect(await other.store.read("a", 0)).toMatchObject({
      frames: tokens(1, 50),
      owner: "browser",
      alive: true,
    });
  });

  it("hands it over from memory when the queue had no room or Redis lost it", async () => {
    const server = await makeServer();
    const own = makeProcess(server, 3);
    await own.store.open("a", "browser");
    for (let n = 1; n <= 10; n++) await own.store.append("a", n, tokens(n, n));
    await server.start();
    const other = makeProcess(server);
    await until(() => own.redis.isReady() && other.redis.isReady());
    await until(async () => (await other.store.read("a", 0))?.frames.length === 10);
    await server.stop();
    await server.start();
    await until(() => own.redis.isReady() && other.redis.isReady());
    await own.store.append("a", 11, [done]);
    await until(async () => (await other.store.read("a", 0))?.ended === true);
    expect((await other.store.read("a", 0))?.frames).toEqual([...tokens(1, 10), done]);
  });

  it("never makes the answer wait for a frozen Redis", async () => {
    const server = await makeServer();
    await server.start();
    const own = makeProcess(server);
    await until(own.redis.isReady);
    await own.store.open("a", "browser");
    server.pause();
    const begin = performance.now();
    for (let n = 1; n <= 100; n++) await own.store.append("a", n, tokens(n, n));
    expect((await own.store.read("a", 0))?.frames).toHaveLength(100);
    expect(performance.now() - begin).toBeLessThan(300);
    server.resume();
  });

  it("says that it cannot know another process's answer while Redis is away", async () => {
    const { store } = makeProcess(await makeServer());
    await expect(store.read("elsewhere", 0)).rejects.toMatchObject({ code: "unavailable" });
  });
});
