import { describe, expect, it } from "vitest";
import { freePort } from "@/lib/store/free-port";
import { createRedisClient, type RedisCommand } from "@/lib/store/redis-client";
import { startRedisTestServer } from "@/lib/store/redis-test-server";
import { until } from "@/lib/store/until";
import { checkRedis, judgeRedis } from "./check-redis";

async function send(url: string, commands: readonly RedisCommand[]): Promise<unknown[]> {
  const client = createRedisClient(url);
  await until(client.isReady);
  const replies = await client.pipeline(commands);
  client.close();
  return replies;
}

describe("the doctor at a real Redis", () => {
  it("is content where nothing is evicted and keys expire, and leaves no key", async () => {
    await using server = await startRedisTestServer();
    const finding = await checkRedis(server.url);
    expect(finding).toMatchObject({
      state: "ok",
      message: expect.stringMatching(/^Redis \d+\.\d+\.\d+, noeviction, /),
    });
    expect(await send(server.url, [["DBSIZE"]])).toEqual([0]);
  });

  it.each([
    ["allkeys-lru", "64mb", "warn"],
    ["volatile-lru", "64mb", "warn"],
    ["allkeys-random", "64mb", "warn"],
    ["allkeys-lru", "0", "ok"],
    ["volatile-ttl", "64mb", "ok"],
    ["noeviction", "64mb", "ok"],
  ])("judges %s with maxmemory %s: %s", async (policy, maxmemory, state) => {
    await using server = await startRedisTestServer();
    await send(server.url, [
      ["CONFIG", "SET", "maxmemory-policy", policy],
      ["CONFIG", "SET", "maxmemory", maxmemory],
    ]);
    expect(await checkRedis(server.url)).toMatchObject({ state, message: expect.stringContaining(policy) });
  });

  it("tells a wrong password from an address at which nobody listens", async () => {
    await using server = await startRedisTestServer({ password: "right" });
    for (const url of [server.url.replace("right", "wrong"), `redis://127.0.0.1:${server.port}`]) {
      const finding = await checkRedis(url);
      expect(finding).toMatchObject({
        state: "fail",
        message: expect.stringContaining("refused the password"),
      });
      expect(JSON.stringify(finding)).not.toMatch(/right|wrong|127\.0\.0\.1/);
    }
    const nobody = await checkRedis(`redis://127.0.0.1:${await freePort()}`);
    expect(nobody).toMatchObject({ state: "fail", message: "Redis is not reachable (ECONNREFUSED)" });
  });

  it("gives a Redis that does not answer up within seconds", async () => {
    await using server = await startRedisTestServer();
    server.pause();
    const begin = performance.now();
    expect(await checkRedis(server.url)).toMatchObject({ state: "fail" });
    expect(performance.now() - begin).toBeLessThan(8000);
    server.resume();
  });

  it("tells a user who may not write", async () => {
    await using server = await startRedisTestServer();
    await send(server.url, [["ACL", "SETUSER", "reader", "on", ">pw", "~*", "+info", "+ping"]]);
    const finding = await checkRedis(server.url.replace("//", "//reader:pw@"));
    expect(finding).toMatchObject({ state: "fail", message: "Redis was reached and refused a command" });
  });

  it("is content without one", async () => {
    expect(await checkRedis(undefined)).toMatchObject({ state: "ok" });
  });
});

describe("the judgement of a Redis", () => {
  it("asks for version 7, and for keys that expire before anything else", () => {
    const facts = { version: "6.2.14", policy: "noeviction", maxmemoryBytes: 0 };
    expect(judgeRedis(facts, true)).toMatchObject({
      state: "warn",
      message: expect.stringContaining("6.2.14"),
    });
    expect(judgeRedis(facts, false)).toMatchObject({ state: "fail" });
    expect(judgeRedis({ ...facts, version: "8.2.1" }, true)).toMatchObject({ state: "ok" });
  });
});
