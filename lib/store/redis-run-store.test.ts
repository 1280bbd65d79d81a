import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createRedisClient, type RedisClient } from "./redis-client";
import { fastForward, timesToLive } from "./redis-fast-forward";
import { createRedisRunStore } from "./redis-run-store";
import { type RedisTestServer, startRedisTestServer } from "./redis-test-server";
import { runIndexKey, runKeys } from "./run-keys";
import { CONTRACT_TTL_SECONDS, describeRunStore } from "./run-store.contract";
import { sampleEvents, sampleHead, sampleSummary } from "./sample-run";
import { until } from "./until";

let server: RedisTestServer;
let redis: RedisClient;

beforeAll(async () => {
  server = await startRedisTestServer();
  redis = createRedisClient(server.url);
  await until(() => redis.isReady());
});
afterAll(async () => {
  redis.close();
  await server[Symbol.asyncDispose]();
});
beforeEach(() => redis.pipeline([["FLUSHALL"]]));

const makeStore = () => createRedisRunStore({ redis, ttlSeconds: CONTRACT_TTL_SECONDS });

describeRunStore("redis", async () => ({
  store: makeStore(),
  passSeconds: (seconds) => fastForward(redis, seconds),
  close: async () => {},
}));

describe("redis run store", () => {
  it("leaves no key without a time to live", async () => {
    const store = makeStore();
    await store.append(sampleHead("a"), sampleEvents("a", 1, 3));
    await store.putSummary(sampleSummary("a"));
    await store.patchFacts("a", { trace: null });
    await store.append(sampleHead("b"), []);
    await store.delete("b");
    const ttls = await timesToLive(redis);
    expect(ttls.size).toBeGreaterThan(5);
    for (const [key, ttl] of ttls) expect([key, ttl > 0]).toEqual([key, true]);
  });

  it("removes every key of a deleted run, those of its stream included", async () => {
    const store = makeStore();
    await store.append(sampleHead("a"), sampleEvents("a", 1, 3));
    await store.putSummary(sampleSummary("a"));
    await redis.pipeline([["SET", runKeys("a").owner, 1]]);
    await store.delete("a");
    const keys = [...(await timesToLive(redis)).keys()];
    expect(keys.filter((key) => key.startsWith("run:{a}"))).toEqual([]);
    expect(await redis.pipeline([["ZCARD", runIndexKey("time")]])).toEqual([0]);
  });

  it("a retry after a timeout stores nothing twice", async () => {
    const store = makeStore();
    await store.append(sampleHead("a"), sampleEvents("a", 1, 2));
    server.pause();
    await expect(store.append(sampleHead("a"), sampleEvents("a", 3, 4))).rejects.toMatchObject({
      code: "unavailable",
    });
    server.resume();
    await until(() => redis.isReady());
    await store.append(sampleHead("a"), sampleEvents("a", 3, 5));
    expect((await store.read("a", 0))?.events).toEqual(sampleEvents("a", 1, 5));
  });

  it("skips events that it does not know or cannot read", async () => {
    const store = makeStore();
    await store.append(sampleHead("a"), sampleEvents("a", 1, 1));
    const strange = [{ type: "weather", v: 1, request_id: "a", seq: 2, at: 1 }, { type: "log", v: 1 }, "{"];
    await redis.pipeline(
      strange.map((event, i) => ["XADD", runKeys("a").events, `${i + 2}-0`, "event", JSON.stringify(event)]),
    );
    await redis.pipeline([["XADD", runKeys("a").events, "5-0", "event", "{no json"]]);
    await store.append(sampleHead("a"), sampleEvents("a", 6, 6));
    const slice = await store.read("a", 0);
    expect(slice?.events.map(({ seq }) => seq)).toEqual([1, 6]);
    expect(slice?.lastSeq).toBe(6);
  });

  it("says so when an object was made by a later version, and lists the others", async () => {
    const store = makeStore();
    await store.append(sampleHead("a"), sampleEvents("a", 1, 1));
    await redis.pipeline([["XADD", runKeys("a").events, "2-0", "event", '{"v":2,"type":"log"}']]);
    await expect(store.read("a", 0)).rejects.toThrow("made by a later version");
    await store.append(sampleHead("b"), sampleEvents("b", 1, 1));
    await redis.pipeline([["HSET", runKeys("b").facts, "head", '{"v":2}']]);
    await expect(store.read("b", 0)).rejects.toThrow("made by a later version");
    await store.putSummary(sampleSummary("c"));
    await store.putSummary(sampleSummary("d"));
    await redis.pipeline([["SET", runKeys("c").summary, '{"v":2}']]);
    expect(
      (await store.list({ sort: "time", limit: 9 })).items.map(({ summary }) => summary.request_id),
    ).toEqual(["d"]);
  });

  it("sweeps expired runs out of the index, when listing and when writing", async () => {
    const store = makeStore();
    const size = async () => (await redis.pipeline([["ZCARD", runIndexKey("cost")]]))[0];
    for (const id of ["a", "b", "c"]) await store.putSummary(sampleSummary(id));
    await fastForward(redis, CONTRACT_TTL_SECONDS);
    expect(await size()).toBe(3);
    await store.list({ sort: "time", limit: 1 });
    expect(await size()).toBe(0);
    for (const id of ["a", "b", "c"]) await store.putSummary(sampleSummary(id));
    await fastForward(redis, CONTRACT_TTL_SECONDS);
    await store.putSummary(sampleSummary("d"));
    expect(await size()).toBe(1);
  });

  it("pages through more runs of one rank than one look into the index holds", async () => {
    const store = makeStore();
    const names = Array.from({ length: 230 }, (_, i) => `run-${String(i).padStart(3, "0")}`);
    await Promise.all(names.map((id) => store.putSummary(sampleSummary(id))));
    const first = await store.list({ sort: "time", limit: 150 });
    const second = await store.list({ sort: "time", limit: 150, before: first.next ?? "" });
    const seen = [...first.items, ...second.items].map(({ summary }) => summary.request_id);
    expect(seen).toEqual(names.toReversed());
    expect(second.next).toBeNull();
  });
});
