import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDiscardExports } from "./discard-exports";
import { describeExportBuffer } from "./export-buffer.contract";
import { runExports, scoreExports } from "./export-codec";
import { createFakeClock } from "./fake-clock";
import { createMemoryExportBuffer } from "./memory-export-buffer";
import { createRedisClient, type RedisClient } from "./redis-client";
import { createRedisExportBuffer } from "./redis-export-buffer";
import { fastForward, timesToLive } from "./redis-fast-forward";
import { type RedisTestServer, startRedisTestServer } from "./redis-test-server";
import { createResilientExportBuffer } from "./resilient-export-buffer";
import { sampleExport, sampleVote } from "./sample-export.fixture";
import { until } from "./until";

const LIMITS = { maxItems: 100, maxBytes: 1_000_000 };
const ID = "01890000-0000-7000-8000-00000000000a";
const OTHER = "01890000-0000-7000-8000-00000000000b";
const TRACE_ID = ID.replaceAll("-", "");

describeExportBuffer("memory", async (kind, limits) => {
  const clock = createFakeClock();
  const buffer = createMemoryExportBuffer(kind, { clock, ...limits });
  return { buffer, passSeconds: async (s) => clock.advance(s * 1000), close: async () => {} };
});

it("a run waits as long as the setting says", async () => {
  const clock = createFakeClock();
  const buffer = createMemoryExportBuffer(runExports, { clock, maxItems: 9, maxBytes: 1e6, keptMs: 1000 });
  await buffer.put(sampleExport(ID, "x"), 0);
  clock.advance(1001);
  expect(await buffer.claim(9, 1000)).toEqual({ kept: [], dropped: 1 });
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

  const clocked = () => {
    const clock = createFakeClock();
    const passSeconds = async (seconds: number) => {
      clock.advance(seconds * 1000);
      await fastForward(redis, seconds);
    };
    return { clock, passSeconds, close: async () => {} };
  };

  describeExportBuffer("redis", async (kind, limits) => {
    const { clock, ...rest } = clocked();
    return { buffer: createRedisExportBuffer(kind, { redis, clock, ...limits }), ...rest };
  });

  describeExportBuffer("redis with memory behind it", async (kind, limits) => {
    const { clock, ...rest } = clocked();
    const primary = createRedisExportBuffer(kind, { redis, clock, ...limits });
    const fallback = createMemoryExportBuffer(kind, { clock, ...limits });
    return { buffer: createResilientExportBuffer({ primary, fallback, redis }), ...rest };
  });

  it("a run lies under its trace's id; no key is without a time to live, and none stays behind", async () => {
    const buffer = createRedisExportBuffer(runExports, { redis, clock: createFakeClock(), ...LIMITS });
    await buffer.put(sampleExport(ID, "how"), 1000);
    await buffer.fail(ID, 1, 0);
    await buffer.claim(1, 1000);
    await buffer.renew([ID], 1000);
    await buffer.discard(OTHER);
    const ttls = await timesToLive(redis);
    expect(ttls.has(`export:{${TRACE_ID}}`)).toBe(true);
    for (const [key, ttl] of ttls) expect([key, ttl > 0]).toEqual([key, true]);
    await buffer.remove(ID);
    const left = [...(await timesToLive(redis)).keys()];
    expect(left.toSorted()).toEqual(["exports:{index}:discarded", "exports:{index}:size"]);
    expect(await redis.pipeline([["HGETALL", "exports:{index}:size"]])).toEqual([["total", "0"]]);
  });

  it("scores and runs wait apart, and are taken back together", async () => {
    const clock = createFakeClock();
    const runs = createRedisExportBuffer(runExports, { redis, clock, ...LIMITS });
    const scores = createRedisExportBuffer(scoreExports, { redis, clock, ...LIMITS });
    await runs.put(sampleExport(ID, "how"), 0);
    await scores.put(sampleVote(ID, "wrong"), 0);
    await scores.put(sampleVote(OTHER, "wrong"), 0);
    expect([await runs.counts(), await scores.counts()]).toMatchObject([{ pending: 1 }, { pending: 2 }]);
    expect((await timesToLive(redis)).has(`export:{${TRACE_ID}-user_feedback}`)).toBe(true);
    await createDiscardExports(redis, clock)(ID);
    expect((await runs.claim(5, 0)).kept).toEqual([]);
    expect((await scores.claim(5, 0)).kept).toEqual([{ item: sampleVote(OTHER, "wrong"), failures: 0 }]);
  });

  it("a damaged run is dropped and counted, one of a later version is left to that version", async () => {
    const buffer = createRedisExportBuffer(runExports, { redis, clock: createFakeClock(), ...LIMITS });
    await buffer.put(sampleExport(ID, "how"), 0);
    await redis.pipeline([["SET", `export:{${TRACE_ID}}`, '{"v":99}']]);
    expect(await buffer.claim(1, 0)).toEqual({ kept: [], dropped: 0 });
    await redis.pipeline([["SET", `export:{${TRACE_ID}}`, "{nonsense"]]);
    expect(await buffer.claim(1, 0)).toEqual({ kept: [], dropped: 1 });
    expect(await buffer.counts()).toEqual({ pending: 0, failed: 0 });
  });
});

describe("while Redis is away", () => {
  function setup() {
    const clock = createFakeClock();
    const redis = { isAway: false, isReady: () => !redis.isAway };
    const primary = createMemoryExportBuffer(runExports, { clock, ...LIMITS });
    const fallback = createMemoryExportBuffer(runExports, { clock, ...LIMITS });
    return { redis, primary, buffer: createResilientExportBuffer({ primary, fallback, redis }) };
  }

  it("runs are kept in memory, and both places are one buffer", async () => {
    const { redis, primary, buffer } = setup();
    await buffer.put(sampleExport(ID, "first"), 0);
    redis.isAway = true;
    expect(await buffer.put(sampleExport(OTHER, "second"), 0)).toEqual({ isKept: true, dropped: 0 });
    expect(await buffer.renew([ID, OTHER], 0)).toEqual([]);
    expect(await buffer.fail(OTHER, 1, 0)).toBe(true);
    expect((await buffer.claim(5, 0)).kept).toHaveLength(1);
    redis.isAway = false;
    expect(await primary.counts()).toEqual({ pending: 1, failed: 0 });
    expect(await buffer.counts()).toEqual({ pending: 1, failed: 1 });
    expect((await buffer.claim(5, 0)).kept).toHaveLength(2);
  });

  it("a run that is removed is given to nobody once Redis is back", async () => {
    const { redis, primary, buffer } = setup();
    await buffer.put(sampleExport(ID, "how"), 0);
    redis.isAway = true;
    await buffer.remove(ID);
    await buffer.discard(OTHER);
    redis.isAway = false;
    expect((await buffer.claim(5, 0)).kept).toEqual([]);
    expect(await primary.counts()).toEqual({ pending: 0, failed: 0 });
    expect(await primary.renew([OTHER], 0)).toEqual([OTHER]);
  });
});
