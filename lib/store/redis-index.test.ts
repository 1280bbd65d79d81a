import { afterAll, beforeAll, expect, it } from "vitest";
import type { PagePlace } from "./page-cursor";
import { createRedisClient, type RedisClient } from "./redis-client";
import { walkIndex } from "./redis-index";
import { type RedisTestServer, startRedisTestServer } from "./redis-test-server";
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

it("comes to a member once, also when others of its rank arrive during the walk", async () => {
  const members = Array.from({ length: 250 }, (_, i) => `m${String(i).padStart(3, "0")}`);
  await redis.pipeline(members.map((member) => ["ZADD", "index", 5, member]));
  const seen: PagePlace[] = [];
  for await (const places of walkIndex(redis, "index", null)) {
    seen.push(...places);
    await redis.pipeline([["ZADD", "index", 5, `z${seen.length}`]]);
  }
  expect(seen.map(({ id }) => id)).toEqual(members.toReversed());
});
