import { z } from "zod";
import type { RedisClient, RedisCommand } from "./redis-client";

/** Lets time pass for every key of a test's Redis, as far as times to live are concerned. */
export async function fastForward(redis: RedisClient, seconds: number): Promise<void> {
  const ttls = await timesToLive(redis);
  const commands = [...ttls].map(([key, ttlMs]): RedisCommand => {
    const left = ttlMs - seconds * 1000;
    return left > 0 ? ["PEXPIRE", key, left] : ["DEL", key];
  });
  await redis.pipeline(commands);
}

/** Every key with its time to live in milliseconds, -1 for one that never expires. */
export async function timesToLive(redis: RedisClient): Promise<Map<string, number>> {
  const [reply] = await redis.pipeline([["KEYS", "*"]]);
  const keys = z.array(z.string()).parse(reply);
  const ttls = z.array(z.number()).parse(await redis.pipeline(keys.map((key) => ["PTTL", key])));
  return new Map(keys.map((key, i) => [key, ttls[i] ?? -1]));
}
