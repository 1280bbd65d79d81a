import { z } from "zod";
import type { Payload } from "@/lib/domain/payload";
import type { StampedEvent } from "@/lib/events/run-event";
import { encodeAtRest } from "./at-rest-codec";
import type { RedisClient } from "./redis-client";
import { createRedisRunIndex } from "./redis-run-index";
import { decodeEvent, decodeFacts, decodeHead, decodePayload, encodeFacts } from "./run-codec";
import { deletedKey, payloadField, runKeys } from "./run-keys";
import type { RunFacts, RunHead, RunSlice, RunStore } from "./run-store";
import { gapError } from "./sequence-gap";

export interface RedisRunStoreOptions {
  redis: RedisClient;
  /** How long a run is kept after its last event. */
  ttlSeconds: number;
}

/**
 * Adds what is not there yet. One script, so that a retry of a batch that timed out but was stored, or one that
 * arrives late, finds out by itself what is left to do, and no key is ever without a time to live.
 * Arguments: ttl in ms, head, dropped, then seq and event in turn. Returns 0 when it refuses a gap.
 */
const APPEND = `
if redis.call('EXISTS', KEYS[5]) == 1 then return 1 end
local tail = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
local stored = tail and tonumber(string.match(tail[1], '^%d+')) or 0
local count, last, jumps, fresh = redis.call('XLEN', KEYS[1]), stored, false, {}
for i = 4, #ARGV, 2 do
  local seq = tonumber(ARGV[i])
  if seq > last then
    jumps = jumps or seq > last + 1
    last, count = seq, count + 1
    fresh[#fresh + 1] = i
  end
end
local missing = math.max(last - count, tonumber(ARGV[3]))
if jumps and missing > tonumber(ARGV[3]) then return 0 end
local isNew = redis.call('EXISTS', KEYS[2]) == 0
local isLate = #ARGV > 3 and tonumber(ARGV[#ARGV - 1]) < stored
if isNew or not isLate then redis.call('HSET', KEYS[2], 'head', ARGV[2]) end
redis.call('HSET', KEYS[2], 'last_seq', last, 'dropped', missing)
for _, i in ipairs(fresh) do redis.call('XADD', KEYS[1], ARGV[i] .. '-0', 'event', ARGV[i + 1]) end
if isNew or #fresh > 0 then
  for i = 1, 4 do redis.call('PEXPIRE', KEYS[i], ARGV[1]) end
end
return 1`;

/** Sets fields of a hash that is there; never makes one, which would have no time to live. */
const PATCH = `
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], unpack(ARGV)) end
return 1`;

/** Sets a field of a hash that lives for ARGV[1] ms more, unless the run was deleted. */
const PUT_PAYLOAD = `
if redis.call('EXISTS', KEYS[2]) == 1 then return 1 end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1`;

const readRepliesSchema = z.tuple([
  z.tuple([
    z.string().nullable(),
    z.string().nullable(),
    z.string().nullable(),
    z.string().nullable(),
    z.string().nullable(),
    z.string().nullable(),
    z.string().nullable(),
  ]),
  z.array(z.tuple([z.string(), z.array(z.string())])),
]);

/** Runs in Redis: any process with the same Redis reads them. */
export function createRedisRunStore({ redis, ttlSeconds }: RedisRunStoreOptions): RunStore {
  const index = createRedisRunIndex({ redis, ttlSeconds });
  return {
    backend: "redis",
    append: (head, events) => append(redis, ttlSeconds * 1000, head, events),
    read: (requestId, after) => read(redis, requestId, after),
    patchFacts: (requestId, facts) => patchFacts(redis, requestId, facts),
    putSummary: index.put,
    list: index.list,
    putPayload: (requestId, payload) => putPayload(redis, ttlSeconds * 1000, requestId, payload),
    payload: (requestId, spanId, part) => readPayload(redis, requestId, payloadField(spanId, part)),
    async delete(requestId) {
      await redis.pipeline([
        ["SET", deletedKey(requestId), 1, "EX", ttlSeconds],
        ["DEL", ...Object.values(runKeys(requestId))],
      ]);
      await index.remove([requestId]);
    },
    async isDeleted(requestId) {
      const [found] = await redis.pipeline([["EXISTS", deletedKey(requestId)]]);
      return found === 1;
    },
  };
}

async function append(redis: RedisClient, ttlMs: number, head: RunHead, events: readonly StampedEvent[]) {
  const { events: stream, facts, summary, payloads } = runKeys(head.request_id);
  const keys = [stream, facts, summary, payloads, deletedKey(head.request_id)];
  const numbered = events.flatMap((event) => [event.seq, JSON.stringify(event)]);
  const [stored] = await redis.pipeline([
    ["EVAL", APPEND, 5, ...keys, ttlMs, encodeAtRest(head), head.dropped, ...numbered],
  ]);
  if (stored === 0) throw gapError();
}

async function read(redis: RedisClient, requestId: string, after: number): Promise<RunSlice | null> {
  const keys = runKeys(requestId);
  const replies = await redis.pipeline([
    ["HMGET", keys.facts, "head", "last_seq", "dropped", "feedback", "trace", "support", "title"],
    ["XRANGE", keys.events, `(${after}-0`, "+"],
  ]);
  const [[head, lastSeq, dropped, ...facts], entries] = readRepliesSchema.parse(replies);
  if (head === null) return null;
  const events = entries.map(([, fields]) => decodeEvent(fields[1] ?? "")).filter((event) => event !== null);
  return {
    head: { ...decodeHead(head), dropped: Number(dropped) },
    facts: decodeFacts(...facts),
    events,
    lastSeq: Math.max(Number(lastSeq), seqOf(entries.at(-1)?.[0])),
  };
}

/** The seq in a stream id. */
function seqOf(id: string | undefined): number {
  return Number.parseInt(id ?? "0", 10);
}

async function patchFacts(redis: RedisClient, requestId: string, facts: Partial<RunFacts>): Promise<void> {
  const fields = encodeFacts(facts);
  if (fields.length > 0) await redis.pipeline([["EVAL", PATCH, 1, runKeys(requestId).facts, ...fields]]);
}

async function putPayload(redis: RedisClient, ttlMs: number, requestId: string, payload: Payload) {
  const keys = [runKeys(requestId).payloads, deletedKey(requestId)];
  const field = payloadField(payload.span_id, payload.part);
  await redis.pipeline([["EVAL", PUT_PAYLOAD, 2, ...keys, ttlMs, field, encodeAtRest(payload)]]);
}

async function readPayload(redis: RedisClient, requestId: string, field: string): Promise<Payload | null> {
  const [text] = await redis.pipeline([["HGET", runKeys(requestId).payloads, field]]);
  return typeof text === "string" ? decodePayload(text) : null;
}
