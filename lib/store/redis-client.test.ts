import { setImmediate } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { createRedisClient, type RedisClient, type RedisState } from "./redis-client";
import { createRedisTestServer, type RedisTestServer, startRedisTestServer } from "./redis-test-server";
import { until } from "./until";

const open: { clients: RedisClient[]; servers: RedisTestServer[] } = { clients: [], servers: [] };

afterEach(async () => {
  for (const client of open.clients.splice(0)) client.close();
  for (const server of open.servers.splice(0)) await server[Symbol.asyncDispose]();
});

async function start(options: Parameters<typeof startRedisTestServer>[0] = {}) {
  const server = await startRedisTestServer(options);
  open.servers.push(server);
  return server;
}

function connect(url: string) {
  const states: [RedisState, string | null][] = [];
  const redis = createRedisClient(url, { onState: (...state) => void states.push(state) });
  open.clients.push(redis);
  return { redis, states };
}

/** How long a command takes to fail with `unavailable`, in milliseconds. */
async function timeToFail(redis: RedisClient): Promise<number> {
  const begin = performance.now();
  await expect(redis.pipeline([["INCR", "count"]])).rejects.toMatchObject({ code: "unavailable" });
  return performance.now() - begin;
}

describe("redis client", () => {
  it("answers commands in order, in one round trip", async () => {
    const { redis } = connect((await start()).url);
    await until(redis.isReady);
    expect(
      await redis.pipeline([
        ["SET", "k", "ü"],
        ["GET", "k"],
        ["STRLEN", "k"],
      ]),
    ).toEqual(["OK", "ü", 2]);
    expect(await redis.pipeline([])).toEqual([]);
    expect(redis.readyForMs()).toBeGreaterThan(0);
  });

  it("knows whether Redis is there before anybody has to ask", async () => {
    const server = await start();
    const { redis } = connect(server.url);
    expect(redis.isReady()).toBe(false);
    await redis.known();
    expect(redis.isReady()).toBe(true);
    server.pause();
    const frozen = connect(server.url).redis;
    await frozen.known();
    expect(frozen.isReady()).toBe(false);
    server.resume();
    await server.stop();
    const away = connect(server.url).redis;
    await away.known();
    expect(away.isReady()).toBe(false);
  });

  it("gives Redis's own error for a command that will never work", async () => {
    const { redis } = connect((await start()).url);
    await until(redis.isReady);
    await redis.pipeline([["SET", "k", 1]]);
    await expect(
      redis.pipeline([
        ["GET", "k"],
        ["LPUSH", "k", 1],
      ]),
    ).rejects.toThrow("WRONGTYPE");
  });

  it("fails at once when nobody listens, and connects when somebody does", async () => {
    const server = await createRedisTestServer();
    open.servers.push(server);
    const { redis, states } = connect(server.url);
    await until(() => states.length > 0);
    expect(states).toEqual([["away", "ECONNREFUSED"]]);
    expect(await timeToFail(redis)).toBeLessThan(250);
    expect(redis.readyForMs()).toBe(0);
    await server.start();
    await until(redis.isReady);
    expect(await redis.pipeline([["GET", "count"]])).toEqual([null]);
    expect(states.at(-1)).toEqual(["ready", null]);
  });

  it("tells why Redis stays away, once for each reason", async () => {
    const server = await start({ password: "right" });
    const [control, { redis, states }] = [connect(server.url).redis, connect(server.url)];
    await until(() => control.isReady() && redis.isReady());
    await control.pipeline([
      ["CONFIG", "SET", "requirepass", "another"],
      ["CLIENT", "KILL", "TYPE", "normal"],
    ]);
    const tried = () => states.some(([, reason]) => reason === "WRONGPASS");
    await until(tried);
    await control.pipeline([["CONFIG", "SET", "requirepass", "right"]]);
    await until(redis.isReady);
    expect(states.filter(([, reason]) => reason === "WRONGPASS")).toHaveLength(1);
    expect(states.at(0)).toEqual(["ready", null]);
    expect(states.at(-1)).toEqual(["ready", null]);
  });

  it("fails at once with a wrong password, with a missing one too", async () => {
    const server = await start({ password: "right" });
    for (const url of [server.url.replace("right", "wrong"), `redis://127.0.0.1:${server.port}`]) {
      const { redis, states } = connect(url);
      await until(() => states.length > 0);
      expect(states[0]?.[1]).toMatch(/^(WRONGPASS|NOAUTH)$/);
      expect(await timeToFail(redis)).toBeLessThan(250);
    }
    const { redis } = connect(server.url);
    await until(redis.isReady);
  });

  it("fails within 500 ms when Redis is frozen, at once from then on, and carries nothing out later", async () => {
    const server = await start();
    const { redis, states } = connect(server.url);
    await until(redis.isReady);
    server.pause();
    expect(await timeToFail(redis)).toBeLessThan(1000);
    await until(() => !redis.isReady());
    for (let i = 0; i < 20; i++) expect(await timeToFail(redis)).toBeLessThan(250);
    server.resume();
    await until(redis.isReady);
    // The one command that was sent may have been carried out; the refused ones were not kept.
    const [count] = await redis.pipeline([["GET", "count"]]);
    expect(["1", null]).toContain(count);
    expect(states.map(([state]) => state)).toEqual(["ready", "away", "ready"]);
  });

  it("hears what Redis answered while this process was too busy to listen", async () => {
    const { redis, states } = connect((await start()).url);
    await until(redis.isReady);
    // After it come the timers, and only then what has arrived.
    await setImmediate();
    const answers = [redis.pipeline([["SET", "k", "v"]]), redis.pipeline([["GET", "k"]])];
    for (const end = performance.now() + 800; performance.now() < end; );
    expect(await Promise.all(answers)).toEqual([["OK"], ["v"]]);
    expect(states).toEqual([["ready", null]]);
  });

  it("reports no address, password or command", async () => {
    const { redis, states } = connect("redis://:secret@127.0.0.1:1");
    await until(() => states.length > 0);
    const error = await redis.pipeline([["SET", "private", 1]]).catch(String);
    expect(JSON.stringify([states, error])).not.toMatch(/secret|127\.0|private/);
  });

  it("stops trying when it is closed", async () => {
    const server = await start();
    const { redis, states } = connect(server.url);
    await until(redis.isReady);
    redis.close();
    await until(() => !redis.isReady());
    expect(await timeToFail(redis)).toBeLessThan(250);
    expect(states).toEqual([
      ["ready", null],
      ["away", null],
    ]);
  });
});
