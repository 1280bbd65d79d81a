import type { RedisClient } from "@/lib/store/redis-client";
import { type KeptKey, readKey, scanKeys, textsOf } from "@/lib/store/redis-keyspace";
import type { Place } from "./purge";
import { idsOf, mentions, type Scope } from "./scope";

/** Our keys by what they hold. Sums of a day have neither id nor name in them and go with the day. */
const FAMILIES = [
  { name: "Redis: debug data and frames", pattern: "run:*" },
  { name: "Redis: list of requests", pattern: "runs:*" },
  { name: "Redis: waiting for Langfuse", pattern: "export*" },
  { name: "Redis: conversations", pattern: "chat:*" },
  { name: "Redis: lists of conversations", pattern: "chats:*" },
  { name: "Redis: links to shared conversations", pattern: "share:*" },
  { name: "Redis: places of answers", pattern: "answer:*" },
  { name: "Redis: jobs", pattern: "{jobs}:*" },
] as const;

/** Lists and sorted sets that others are in as well: from these only the members go. */
const SHARED = /^(runs:|exports:|chats:|\{jobs\}:(?!job:|lease:))/;

/** Keeps ids alone, so that what is still on its way is not stored: goes by itself. */
const MARKS = /^exports:.*:discarded$/;
/** A document that was cited in a conversation leaves it without its texts; see `citationPlace`. */
const CONVERSATION = /^(chat|answer|share):/;

/** Every key of ours in Redis. `forget` tells the processes that run of answers that must not come back. */
export function redisPlaces(redis: RedisClient, forget: (requestId: string) => Promise<unknown>): Place[] {
  return FAMILIES.map(({ name, pattern }, at) => ({
    name,
    async count(scope) {
      let found = 0;
      for await (const kept of walk(redis, pattern)) if (isMeant(kept, scope)) found += 1;
      return found;
    },
    async remove(scope) {
      if (at === 0) for (const requestId of scope.requestIds) await forget(requestId);
      for await (const kept of walk(redis, pattern)) {
        if (isMeant(kept, scope)) await removeFrom(redis, kept, idsOf(scope));
      }
    },
  }));
}

async function* walk(redis: RedisClient, pattern: string): AsyncGenerator<KeptKey> {
  const seen = new Set<string>();
  for await (const keys of scanKeys(redis, pattern)) {
    for (const key of keys) {
      if (seen.has(key) || MARKS.test(key)) continue;
      seen.add(key);
      const kept = await readKey(redis, key);
      if (kept) yield kept;
    }
  }
}

function isMeant(kept: KeptKey, scope: Scope): boolean {
  if (scope.documentId !== null && CONVERSATION.test(kept.key)) return false;
  const ids = idsOf(scope);
  return textsOf(kept).some((text) => mentions(text, ids));
}

async function removeFrom(redis: RedisClient, kept: KeptKey, ids: ReadonlySet<string>): Promise<void> {
  const { key, value } = kept;
  if (!SHARED.test(key) || mentions(key, ids)) return void (await redis.pipeline([["DEL", key]]));
  if (value.type === "zset") {
    const members = value.members.filter((member, at) => at % 2 === 0 && mentions(member, ids));
    if (members.length > 0) await redis.pipeline([["ZREM", key, ...members]]);
  }
  if (value.type === "hash") {
    const fields = value.fields.filter((field, at) => at % 2 === 0 && mentions(field, ids));
    if (fields.length > 0) await redis.pipeline([["HDEL", key, ...fields]]);
  }
}
