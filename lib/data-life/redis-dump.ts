import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { RedisClient } from "@/lib/store/redis-client";
import { keptKeySchema, readKey, scanKeys, writeKey } from "@/lib/store/redis-keyspace";

/** Conversations, their lists, the links to them, and where each answer is. */
const PATTERNS = ["chat:*", "chats:*", "share:*", "answer:*"];

const lineSchema = keptKeySchema.extend({ read_at: z.number() });

/** Writes the conversations in Redis into a file, a key a line, while the server runs: each as it is when its turn comes. */
export async function dumpConversations(
  redis: RedisClient,
  path: string,
  now: () => number,
): Promise<number> {
  let keys = 0;
  async function* lines() {
    for await (const key of conversationKeys(redis)) {
      const kept = await readKey(redis, key);
      if (!kept) continue;
      keys += 1;
      yield `${JSON.stringify({ read_at: now(), ...kept })}\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(path, { mode: 0o600 }));
  return keys;
}

/** Puts the keys of such a file in the place of all conversations; what has expired meanwhile stays away. */
export async function loadConversations(redis: RedisClient, path: string, now: number): Promise<number> {
  for await (const key of conversationKeys(redis)) await redis.pipeline([["DEL", key]]);
  let keys = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const { read_at, ...kept } = lineSchema.parse(JSON.parse(line));
    const ttl_ms = kept.ttl_ms === null ? null : kept.ttl_ms - (now - read_at);
    if (ttl_ms !== null && ttl_ms <= 0) continue;
    await writeKey(redis, { ...kept, ttl_ms });
    keys += 1;
  }
  return keys;
}

/** Whether there is any conversation. */
export async function hasConversations(redis: RedisClient): Promise<boolean> {
  for await (const _key of conversationKeys(redis)) return true;
  return false;
}

async function* conversationKeys(redis: RedisClient): AsyncGenerator<string> {
  const seen = new Set<string>();
  for (const pattern of PATTERNS) {
    for await (const keys of scanKeys(redis, pattern)) {
      for (const key of keys) {
        if (seen.has(key)) continue;
        seen.add(key);
        yield key;
      }
    }
  }
}
