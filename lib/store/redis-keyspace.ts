import { z } from "zod";
import type { RedisClient, RedisCommand } from "./redis-client";

const SCANNED_KEYS = 500;
const scanSchema = z.tuple([z.string(), z.array(z.string())]);
const listSchema = z.array(z.string());
const streamSchema = z.array(z.tuple([z.string(), z.array(z.string())]));

/** A key with all that it holds. */
export const keptKeySchema = z.object({
  key: z.string(),
  /** Milliseconds until it expires; null: never. */
  ttl_ms: z.number().nullable(),
  value: z.discriminatedUnion("type", [
    z.object({ type: z.literal("string"), text: z.string() }),
    /** Field after field, each with its value; members with their scores of a sorted set likewise. */
    z.object({ type: z.literal("hash"), fields: listSchema }),
    z.object({ type: z.literal("zset"), members: listSchema }),
    z.object({ type: z.literal("list"), items: listSchema }),
    z.object({ type: z.literal("stream"), entries: streamSchema }),
  ]),
});
export type KeptKey = z.infer<typeof keptKeySchema>;

/** All keys that match a pattern of Redis's, in pages, each at least once. */
export async function* scanKeys(redis: RedisClient, pattern: string): AsyncGenerator<string[]> {
  let cursor = "0";
  do {
    const [reply] = await redis.pipeline([["SCAN", cursor, "MATCH", pattern, "COUNT", SCANNED_KEYS]]);
    const [next, keys] = scanSchema.parse(reply);
    if (keys.length > 0) yield keys;
    cursor = next;
  } while (cursor !== "0");
}

/** Null for a key that is gone. Throws for a kind of value that none of our keys has. */
export async function readKey(redis: RedisClient, key: string): Promise<KeptKey | null> {
  const [type, ttl] = await redis.pipeline([
    ["TYPE", key],
    ["PTTL", key],
  ]);
  if (type === "none") return null;
  const [reply] = await redis.pipeline([readCommand(String(type), key)]);
  const ttl_ms = Number(ttl) < 0 ? null : Number(ttl);
  return { key, ttl_ms, value: toValue(String(type), reply) };
}

function readCommand(type: string, key: string): RedisCommand {
  if (type === "string") return ["GET", key];
  if (type === "hash") return ["HGETALL", key];
  if (type === "zset") return ["ZRANGE", key, 0, -1, "WITHSCORES"];
  if (type === "list") return ["LRANGE", key, 0, -1];
  return ["XRANGE", key, "-", "+"];
}

function toValue(type: string, reply: unknown): KeptKey["value"] {
  const given: Record<string, unknown> = {
    string: { type, text: reply ?? "" },
    hash: { type, fields: reply },
    zset: { type, members: reply },
    list: { type, items: reply },
    stream: { type, entries: reply },
  };
  return keptKeySchema.shape.value.parse(given[type]);
}

/** Puts a key in the place of what has its name. */
export async function writeKey(redis: RedisClient, { key, ttl_ms, value }: KeptKey): Promise<void> {
  const expire: RedisCommand[] = ttl_ms === null ? [] : [["PEXPIRE", key, Math.max(1, Math.round(ttl_ms))]];
  await redis.pipeline([["DEL", key], ...writeCommands(key, value), ...expire]);
}

function writeCommands(key: string, value: KeptKey["value"]): RedisCommand[] {
  switch (value.type) {
    case "string":
      return [["SET", key, value.text]];
    case "hash":
      return value.fields.length === 0 ? [] : [["HSET", key, ...value.fields]];
    case "zset":
      return pairsOf(value.members).map(([member, score]) => ["ZADD", key, score, member]);
    case "list":
      return value.items.length === 0 ? [] : [["RPUSH", key, ...value.items]];
    case "stream":
      return value.entries.map(([id, fields]) => ["XADD", key, id, ...fields]);
  }
}

/** A flat list of names with their values. */
export function pairsOf(flat: readonly string[]): [string, string][] {
  return flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1] ?? ""] as [string, string]] : []));
}

/** Everything that a key holds, to be looked through. */
export function textsOf({ key, value }: KeptKey): string[] {
  switch (value.type) {
    case "string":
      return [key, value.text];
    case "hash":
      return [key, ...value.fields];
    case "zset":
      return [key, ...value.members];
    case "list":
      return [key, ...value.items];
    case "stream":
      return [key, ...value.entries.flatMap(([, fields]) => fields)];
  }
}
