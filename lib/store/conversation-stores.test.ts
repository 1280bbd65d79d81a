import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "@/lib/domain/clock";
import { AppError } from "@/lib/errors";
import { CONTRACT_TTL_DAYS, describeConversationStore } from "./conversation-store.contract";
import { createFakeClock } from "./fake-clock";
import { createRedisClient, type RedisClient } from "./redis-client";
import { createRedisConversationStore } from "./redis-conversation-store";
import { fastForward, timesToLive } from "./redis-fast-forward";
import { createRedisTestServer, type RedisTestServer, startRedisTestServer } from "./redis-test-server";
import { createResilientConversationStore } from "./resilient-conversation-store";
import { sampleFeedback, samplePlace, sampleTurn, sampleVersion } from "./sample-conversation";
import { createSqliteConversationStore } from "./sqlite-conversation-store";
import { until } from "./until";

const makeLocal = (clock = createFakeClock()) =>
  createSqliteConversationStore({ path: ":memory:", clock, ttlDays: CONTRACT_TTL_DAYS });

it("keeps no more conversations than it may, those that changed last", async () => {
  const clock = createFakeClock();
  const store = createSqliteConversationStore({
    path: ":memory:",
    clock,
    ttlDays: CONTRACT_TTL_DAYS,
    maxConversations: 2,
  });
  for (const session of ["a", "b", "c"]) {
    clock.advance(1000);
    await store.addTurn(sampleTurn(session, 1));
  }
  clock.advance(1000);
  await store.finishVersion(samplePlace("b", 1), sampleVersion("b-r1"), 2000);
  clock.advance(1000);
  await store.addTurn(sampleTurn("d", 1));
  expect(store.sessionIds().toSorted()).toEqual(["b", "d"]);
  store.close();
});

describeConversationStore("sqlite", async () => {
  const clock = createFakeClock();
  const store = makeLocal(clock);
  return {
    store,
    passSeconds: async (seconds) => clock.advance(seconds * 1000),
    close: async () => store.close(),
  };
});

describe("sqlite conversation store", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "sidetrace-sqlite-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const open = (path: string) =>
    createSqliteConversationStore({ path, clock: systemClock, ttlDays: CONTRACT_TTL_DAYS });
  const refusal = (path: string): AppError => {
    try {
      open(path).close();
    } catch (error) {
      if (error instanceof AppError) return error;
    }
    throw new Error("The file was opened.");
  };

  it("loses no chat when it is opened again, in a folder that it makes itself", async () => {
    const path = join(folder, "new", "conversations.db");
    const first = open(path);
    await first.addTurn(sampleTurn("s", 1));
    first.close();
    const second = open(path);
    expect(await second.conversation("s")).toMatchObject({ turns: 1 });
    second.close();
  });

  it("names a file that is no database, that is damaged inside, or that cannot be opened", async () => {
    const path = join(folder, "conversations.db");
    await writeFile(path, "this is not a database ".repeat(200));
    expect(refusal(path).message).toContain("conversations.db cannot be used (file is not a database)");
    expect(refusal(path).message).not.toContain(folder);
    expect(refusal(folder).message).toContain("unable to open database file");
    const hollow = join(folder, "hollow.db");
    const database = new DatabaseSync(hollow);
    database.exec("PRAGMA user_version = 1");
    database.close();
    expect(refusal(hollow).message).toContain("hollow.db cannot be used");
  });

  it("leaves a file of a later version alone", () => {
    const path = join(folder, "conversations.db");
    const database = new DatabaseSync(path);
    database.exec("PRAGMA user_version = 99");
    database.close();
    expect(refusal(path).message).toMatch(/^conversations\.db was made by a later version/);
  });

  it("takes over a conversation as it is", async () => {
    const [from, to] = [makeLocal(), makeLocal()];
    await from.addTurn(sampleTurn("s", 1));
    await from.finishVersion(samplePlace("s", 1), sampleVersion("s-r1"), 2000);
    await from.addVersion(samplePlace("s", 1), "again", 3000, null);
    await from.setFeedback("s-r1", sampleFeedback);
    await from.addTurn(sampleTurn("s", 2));
    const conversation = await from.conversation("s");
    await to.addTurn(sampleTurn("s", 9));
    if (conversation) await to.replace(conversation);
    expect(await to.conversation("s")).toEqual(conversation);
    expect(conversation?.messages).toHaveLength(4);
  });
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

  const makeStore = () => createRedisConversationStore({ redis, ttlDays: CONTRACT_TTL_DAYS });

  describeConversationStore("redis", async () => ({
    store: makeStore(),
    passSeconds: (seconds) => fastForward(redis, seconds),
    close: async () => {},
  }));

  describeConversationStore("redis with a local copy", async () => {
    const clock = createFakeClock();
    const store = createResilientConversationStore({ primary: makeStore(), local: makeLocal(clock), redis });
    const passSeconds = async (seconds: number) => {
      await store.flush();
      clock.advance(seconds * 1000);
      await fastForward(redis, seconds);
    };
    return { store, passSeconds, close: async () => store.close() };
  });

  it("leaves no key without a time to live, and none of a deleted conversation", async () => {
    const store = makeStore();
    await store.addTurn(sampleTurn("s", 1));
    await store.addVersion(samplePlace("s", 1), "again", 5, null);
    for (const [key, ttl] of await timesToLive(redis)) expect([key, ttl > 0]).toEqual([key, true]);
    await store.delete("s");
    expect([...(await timesToLive(redis)).keys()]).toEqual([]);
  });

  it("loses nothing when processes change one conversation at the same time", async () => {
    const store = makeStore();
    await store.addTurn(sampleTurn("s", 1));
    await Promise.all([
      store.finishVersion(samplePlace("s", 1), sampleVersion("s-r1"), 2000),
      store.setFeedback("s-r1", sampleFeedback),
      store.addTurn(sampleTurn("s", 2)),
      store.update("s", { title: "Mine" }),
      store.update("s", { pinned: true }),
    ]);
    const conversation = await store.conversation("s");
    expect(conversation).toMatchObject({ title: "Mine", pinned: true, turns: 2 });
    expect(conversation?.messages[1]).toMatchObject({
      versions: [{ status: "success", feedback: sampleFeedback }],
    });
  });

  it("says so when a conversation was made by a later version", async () => {
    const store = makeStore();
    await store.addTurn(sampleTurn("s", 1));
    await redis.pipeline([["HSET", "chat:{s}", "v", 2]]);
    await expect(store.conversation("s")).rejects.toThrow("made by a later version");
  });
});

describe("resilient conversation store", () => {
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });

  async function makeServer(): Promise<RedisTestServer> {
    const server = await createRedisTestServer({ durable: true });
    closing.push(() => server[Symbol.asyncDispose]());
    return server;
  }

  function makeProcess(server: RedisTestServer) {
    const redis = createRedisClient(server.url);
    const primary = createRedisConversationStore({ redis, ttlDays: CONTRACT_TTL_DAYS });
    const queue = { limits: { retryMs: 20 } };
    const store = createResilientConversationStore({ primary, local: makeLocal(), redis, queue });
    closing.push(() => {
      store.close();
      redis.close();
    });
    return { store, primary, redis };
  }

  const titles = async ({ store }: ReturnType<typeof makeProcess>) =>
    (await store.list("browser", { limit: 9 })).items.map(({ title }) => title);

  it("chats on without Redis, and everything follows when it comes", async () => {
    const server = await makeServer();
    const own = makeProcess(server);
    await own.store.addTurn(sampleTurn("s", 1));
    await own.store.finishVersion(samplePlace("s", 1), sampleVersion("s-r1"), 2000);
    await own.store.setFeedback("s-r1", sampleFeedback);
    await own.store.update("s", { title: "Mine" });
    expect(await own.store.findVersion("s-r1")).toEqual(samplePlace("s", 1));
    expect(await titles(own)).toEqual(["Mine"]);
    const before = await own.store.conversation("s");
    await server.start();
    await until(own.redis.isReady);
    await until(async () => (await own.primary.conversation("s"))?.title === "Mine");
    expect(await own.primary.conversation("s")).toEqual(before);
  });

  it("goes on with the history of a conversation when Redis goes away", async () => {
    const server = await makeServer();
    await server.start();
    const [own, other] = [makeProcess(server), makeProcess(server)];
    await until(() => own.redis.isReady() && other.redis.isReady());
    await other.store.addTurn(sampleTurn("s", 1));
    await other.store.finishVersion(samplePlace("s", 1), sampleVersion("s-r1"), 2000);
    expect(await own.store.conversation("s")).toMatchObject({ turns: 1 });
    await server.stop();
    await until(() => !own.redis.isReady());
    await own.store.addTurn(sampleTurn("s", 2));
    expect(await own.store.conversation("s")).toMatchObject({ turns: 2, messages: [{}, {}, {}, {}] });
    await server.start();
    await until(() => own.redis.isReady() && other.redis.isReady());
    await until(async () => (await other.store.conversation("s"))?.turns === 2);
  });

  it("lets every process see what one has written, and forget what one has deleted", async () => {
    const server = await makeServer();
    await server.start();
    const [own, other] = [makeProcess(server), makeProcess(server)];
    await until(() => own.redis.isReady() && other.redis.isReady());
    await own.store.addTurn(sampleTurn("s", 1));
    await own.store.finishVersion(samplePlace("s", 1), sampleVersion("s-r1"), 2000);
    expect(await other.store.conversation("s")).toMatchObject({
      messages: [{}, { versions: [{ status: "success" }] }],
    });
    await other.store.setFeedback("s-r1", sampleFeedback);
    await other.store.delete("s");
    expect(await own.store.conversation("s")).toBeNull();
    expect(await own.store.findVersion("s-r1")).toBeNull();
    expect(await titles(own)).toEqual([]);
    await server.stop();
    await until(() => !own.redis.isReady());
    await expect(own.store.conversation("s")).rejects.toMatchObject({ code: "unavailable" });
    expect(await titles(own)).toEqual([]);
  });

  it("does not say that something is not there while Redis, which may have it, is away", async () => {
    const server = await makeServer();
    const { store } = makeProcess(server);
    for (const lookUp of [store.conversation("s"), store.findVersion("s-r1"), store.findShared("x")])
      await expect(lookUp).rejects.toMatchObject({ code: "unavailable" });
    await server.start();
    await until(async () => (await store.conversation("s").catch(() => "away")) === null);
    expect(await store.findVersion("s-r1")).toBeNull();
    expect(await store.findShared("x")).toBeNull();
  });

  it("shows what was written here while Redis is full, and hands it over when there is room", async () => {
    const server = await makeServer();
    await server.start();
    const own = makeProcess(server);
    await until(own.redis.isReady);
    await own.redis.pipeline([["CONFIG", "SET", "maxmemory", 1]]);
    await own.store.addTurn(sampleTurn("s", 1));
    await own.store.finishVersion(samplePlace("s", 1), sampleVersion("s-r1"), 2000);
    expect(await own.store.conversation("s")).toMatchObject({ turns: 1 });
    expect(await own.store.findVersion("s-r1")).toEqual(samplePlace("s", 1));
    await own.redis.pipeline([["CONFIG", "SET", "maxmemory", 0]]);
    await until(async () => (await own.primary.conversation("s")) !== null);
  });

  it("puts back what it knows when Redis comes back empty, and the answer that was being written", async () => {
    const server = await makeServer();
    await server.start();
    const own = makeProcess(server);
    await until(own.redis.isReady);
    await own.store.addTurn(sampleTurn("s", 1));
    await own.store.finishVersion(samplePlace("s", 1), sampleVersion("s-r1"), 2000);
    await own.store.setFeedback("s-r1", sampleFeedback);
    await own.store.keepPassages("s", [{ passage_id: "p1", text: "Keys are rotated monthly." }]);
    await own.store.addTurn(sampleTurn("s", 2));
    await own.store.addTurn(sampleTurn("gone", 1));
    await own.store.delete("gone");
    const before = await own.store.conversation("s");
    await server.stop();
    await server.forget();
    await until(() => !own.redis.isReady());
    await own.store.update("s", { title: "Meanwhile" });
    await server.start();
    await until(async () => (await own.primary.conversation("s").catch(() => null)) !== null);
    await own.store.finishVersion(samplePlace("s", 2), sampleVersion("s-r2"), 3000);
    await own.store.flush();
    const after = await own.primary.conversation("s");
    expect(after).toMatchObject({
      ...before,
      title: "Meanwhile",
      updated_at: 3000,
      messages: expect.anything(),
    });
    expect(after?.messages.slice(0, 3)).toEqual(before?.messages.slice(0, 3));
    expect(after?.messages[3]).toMatchObject({ versions: [{ request_id: "s-r2", status: "success" }] });
    expect(await own.primary.citedPassage("s", "p1")).toBe("Keys are rotated monthly.");
    expect(await own.primary.conversation("gone")).toBeNull();
    expect(await titles(own)).toEqual(["Meanwhile"]);
  });

  it("puts nothing back into a Redis that still has what it had", async () => {
    const server = await makeServer();
    await server.start();
    const [own, other] = [makeProcess(server), makeProcess(server)];
    await until(() => own.redis.isReady() && other.redis.isReady());
    await own.store.addTurn(sampleTurn("s", 1));
    await own.store.flush();
    await server.stop();
    await until(() => !own.redis.isReady() && !other.redis.isReady());
    await server.start();
    await until(() => other.redis.isReady());
    await other.store.delete("s");
    await until(() => own.redis.isReady());
    expect(await own.store.conversation("s")).toBeNull();
    expect(await other.primary.conversation("s")).toBeNull();
  });

  it("does not let a frozen Redis hold up the beginning of a turn, nor its end for longer than once", async () => {
    const server = await makeServer();
    await server.start();
    const own = makeProcess(server);
    await until(own.redis.isReady);
    server.pause();
    const begin = performance.now();
    await own.store.addTurn(sampleTurn("s", 1));
    expect(performance.now() - begin).toBeLessThan(250);
    await own.store.finishVersion(samplePlace("s", 1), sampleVersion("s-r1"), 2000);
    expect(performance.now() - begin).toBeLessThan(1500);
    await until(() => !own.redis.isReady());
    const later = performance.now();
    await own.store.setFeedback("s-r1", sampleFeedback);
    expect(await own.store.conversation("s")).toMatchObject({ turns: 1 });
    expect(performance.now() - later).toBeLessThan(250);
    server.resume();
    await until(async () => (await own.primary.findVersion("s-r1").catch(() => null)) !== null);
    await until(async () => {
      const answer = (await own.primary.conversation("s"))?.messages[1];
      return answer?.role === "assistant" && answer.versions[0]?.feedback !== null;
    });
  });
});
