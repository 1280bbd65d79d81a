import { z } from "zod";
import { type ChatFrame, chatFrameSchema } from "@/lib/events/chat-frame";
import { decodeAtRest, encodeAtRest } from "./at-rest-codec";
import type { RedisClient } from "./redis-client";
import { runKeys } from "./run-keys";
import { gapError } from "./sequence-gap";
import {
  LEASE_SECONDS,
  READER_MARK_SECONDS,
  STREAM_RETENTION_SECONDS,
  type StreamSlice,
  type StreamStore,
} from "./stream-store";

export interface RedisStreamStoreOptions {
  redis: RedisClient;
  /**
   * A missing lease says nothing until Redis has been there for this long, in milliseconds: while it was away the
   * owner could not renew it. Default: one renewal and the time to reconnect.
   */
  leaseDoubtMs?: number;
}

const LEASE_DOUBT_MS = 4000;
/** How long a stream is kept whose process died; any answer adds a frame long before. */
const RUNNING_SECONDS = 3600;

/**
 * Begins a stream unless it is there. Arguments: browser, ttl and lease in seconds.
 */
const OPEN = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 1 end
redis.call('HSET', KEYS[1], 'v', 1, 'browser', ARGV[1], 'ended', 0)
redis.call('EXPIRE', KEYS[1], ARGV[2])
redis.call('SET', KEYS[2], 1, 'EX', ARGV[3])
return 1`;

/**
 * Adds the frames that are not there yet. Arguments: ttl in seconds, 1 when the last frame ends the stream, number
 * of the first frame, then the frames. Returns 0 when the stream is unknown or frames are missing before these.
 */
const APPEND = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local tail = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)[1]
local stored = tail and tonumber(string.match(tail[1], '^%d+')) or 0
local first = tonumber(ARGV[3])
if first > stored + 1 then return 0 end
for i = 4, #ARGV do
  local number = first + i - 4
  if number > stored then redis.call('XADD', KEYS[2], string.format('%d-0', number), 'frame', ARGV[i]) end
end
if redis.call('HGET', KEYS[1], 'ended') == '1' then return 1 end
for i = 1, 2 do redis.call('EXPIRE', KEYS[i], ARGV[1]) end
if ARGV[2] == '1' then
  redis.call('HSET', KEYS[1], 'ended', 1)
  redis.call('DEL', KEYS[3])
end
return 1`;

const repliesSchema = z.tuple([
  z.tuple([z.string().nullable(), z.string().nullable()]),
  z.array(z.tuple([z.string(), z.array(z.string())])),
  z.number(),
]);

/** The buffer in Redis: any process with the same Redis follows and stops the answer. */
export function createRedisStreamStore(options: RedisStreamStoreOptions): StreamStore {
  const { redis, leaseDoubtMs = LEASE_DOUBT_MS } = options;
  const exists = async (key: string) => (await redis.pipeline([["EXISTS", key]]))[0] === 1;
  return {
    async open(requestId, owner) {
      const keys = runKeys(requestId);
      await redis.pipeline([
        ["EVAL", OPEN, 2, keys.streamHead, keys.owner, owner, RUNNING_SECONDS, LEASE_SECONDS],
      ]);
    },
    append: (requestId, firstFrame, frames) => append(redis, requestId, firstFrame, frames),
    read: (requestId, after) => read(redis, leaseDoubtMs, requestId, after),
    async renewLease(requestId) {
      await redis.pipeline([["SET", runKeys(requestId).owner, 1, "EX", LEASE_SECONDS]]);
    },
    async requestStop(requestId) {
      await redis.pipeline([["SET", runKeys(requestId).stop, 1, "EX", STREAM_RETENTION_SECONDS]]);
    },
    stopRequested: (requestId) => exists(runKeys(requestId).stop),
    async markReader(requestId) {
      await redis.pipeline([["SET", runKeys(requestId).reader, 1, "EX", READER_MARK_SECONDS]]);
    },
    hasReader: (requestId) => exists(runKeys(requestId).reader),
    async delete(requestId) {
      const { stream, streamHead, owner, stop, reader } = runKeys(requestId);
      await redis.pipeline([["DEL", stream, streamHead, owner, stop, reader]]);
    },
  };
}

async function append(
  redis: RedisClient,
  requestId: string,
  firstFrame: number,
  frames: readonly ChatFrame[],
) {
  const { streamHead, stream, owner } = runKeys(requestId);
  const isEnd = frames.at(-1)?.status === "done";
  const ttlSeconds = isEnd ? STREAM_RETENTION_SECONDS : RUNNING_SECONDS;
  const args = [ttlSeconds, isEnd ? 1 : 0, firstFrame, ...frames.map(encodeAtRest)];
  const [stored] = await redis.pipeline([["EVAL", APPEND, 3, streamHead, stream, owner, ...args]]);
  if (stored === 0) throw gapError();
}

async function read(
  redis: RedisClient,
  leaseDoubtMs: number,
  requestId: string,
  after: number,
): Promise<StreamSlice | null> {
  const keys = runKeys(requestId);
  const replies = await redis.pipeline([
    ["HMGET", keys.streamHead, "browser", "ended"],
    ["XRANGE", keys.stream, `(${after}-0`, "+"],
    ["EXISTS", keys.owner],
  ]);
  const [[owner, endedField], entries, lease] = repliesSchema.parse(replies);
  if (owner === null) return null;
  const frames = entries.map(([, fields]) => decodeAtRest(chatFrameSchema, fields[1] ?? "null"));
  const ended = endedField === "1";
  const alive = !ended && (lease === 1 || redis.readyForMs() < leaseDoubtMs);
  return { owner, frames, firstFrame: after + 1, ended, alive };
}
