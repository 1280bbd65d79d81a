import type { Clock } from "@/lib/domain/clock";
import { AppError, isUnavailable } from "@/lib/errors";
import type { DebugSlice, DebugStore, StoreHealth } from "./debug-store";
import type { RedisClient } from "./redis-client";
import type { RunStore } from "./run-store";
import { carryOutRunWrites, condenseWrites, type RunWrite } from "./run-write";
import { createWriteQueue, type WriteQueue, type WriteQueueOptions } from "./write-queue";

export interface ResilientRunStoreOptions {
  /** In Redis. */
  primary: RunStore;
  /** In this process; has its own runs at once. */
  fallback: RunStore;
  redis: RedisClient;
  clock: Clock;
  queue?: Pick<WriteQueueOptions<RunWrite>, "limits" | "onDrop" | "onRound">;
}

export interface ResilientRunStore extends DebugStore {
  /** Resolves when Redis has what waits now, and at once when it is away. */
  flush(): Promise<void>;
  /** Writes that Redis does not have yet. */
  waiting(): number;
  close(): void;
}

/**
 * Redis with this process's memory before it. Writes go to memory at once and follow to Redis in order when it can
 * take them; reads answer from the store that has more of the run. Events that Redis lost, or for which the queue
 * had no room, are sent again from memory; those that are gone there too are counted in `head.dropped`.
 */
export function createResilientRunStore(options: ResilientRunStoreOptions): ResilientRunStore {
  const { primary, fallback, redis } = options;
  const queue = createWriteQueue<RunWrite>({
    write: (requestId, writes) => carryOutRunWrites(primary, fallback, requestId, writes),
    isReady: redis.isReady,
    sizeOf: (write) => JSON.stringify(write).length,
    condense: condenseWrites,
    ...options.queue,
  });

  return {
    get backend() {
      return redis.isReady() ? ("redis" as const) : ("memory" as const);
    },
    async append(head, events) {
      queue.push(head.request_id, { kind: "append", head, events });
      // Memory may refuse what belongs to a run of another process, or one that it had to let go.
      await fallback.append(head, events).catch(() => {});
    },
    async putSummary(summary) {
      queue.push(summary.request_id, { kind: "summary", summary });
      await fallback.putSummary(summary);
    },
    async patchFacts(requestId, facts) {
      queue.push(requestId, { kind: "facts", facts });
      await fallback.patchFacts(requestId, facts);
      await queue.settled(requestId);
    },
    async putPayload(requestId, payload) {
      queue.push(requestId, { kind: "payload", payload });
      await fallback.putPayload(requestId, payload);
    },
    async payload(requestId, spanId, part) {
      const local = await fallback.payload(requestId, spanId, part);
      if (local) return local;
      await queue.settled(requestId);
      const reply = await ask(redis, () => primary.payload(requestId, spanId, part));
      return reply.isAnswered ? reply.value : null;
    },
    async delete(requestId) {
      queue.clear(requestId);
      queue.push(requestId, { kind: "delete" });
      await fallback.delete(requestId);
      await queue.settled(requestId);
    },
    isDeleted: async (requestId) =>
      (await fallback.isDeleted(requestId)) || (await isDeletedElsewhere(options, requestId)),
    read: (requestId, after) => readRun(options, queue, requestId, after),
    async list(query) {
      await queue.settled();
      const page = await ask(redis, () => primary.list(query));
      return page.isAnswered ? page.value : fallback.list(query);
    },
    health: () => checkHealth(options, queue),
    flush: () => queue.settled(),
    waiting: () => queue.pending(),
    close: queue.close,
  };
}

type Reply<T> = { isAnswered: true; value: T } | { isAnswered: false };

/** Asks Redis unless it is known to be away; anything but its absence is thrown. */
async function ask<T>(redis: RedisClient, question: () => Promise<T>): Promise<Reply<T>> {
  if (!redis.isReady()) return { isAnswered: false };
  try {
    return { isAnswered: true, value: await question() };
  } catch (error) {
    if (isUnavailable(error)) return { isAnswered: false };
    throw error;
  }
}

async function readRun(
  { primary, fallback, redis }: ResilientRunStoreOptions,
  queue: WriteQueue<RunWrite>,
  requestId: string,
  after: number,
): Promise<DebugSlice | null> {
  // Looked up first: what is appended while Redis is asked must not make it seem to lag behind.
  const local = await fallback.read(requestId, after);
  await queue.settled(requestId);
  const reply = await ask(redis, () => primary.read(requestId, after));
  const remote = reply.isAnswered ? reply.value : null;
  if (remote && remote.lastSeq >= (local?.lastSeq ?? 0))
    return { ...remote, source: "redis", degraded: false };
  if (reply.isAnswered && local && !remote && (await isDeletedElsewhere({ primary, redis }, requestId))) {
    await fallback.delete(requestId);
    return null;
  }
  if (local) return { ...local, source: "memory", degraded: true };
  if (reply.isAnswered) return null;
  throw new AppError("unavailable", "The debug store cannot be reached at the moment; try again shortly.");
}

/** Whether another process deleted the run, in contrast to a Redis that lost it. */
async function isDeletedElsewhere(
  { primary, redis }: Pick<ResilientRunStoreOptions, "primary" | "redis">,
  requestId: string,
): Promise<boolean> {
  const reply = await ask(redis, () => primary.isDeleted(requestId));
  return reply.isAnswered && reply.value;
}

async function checkHealth(
  { redis, clock }: ResilientRunStoreOptions,
  queue: WriteQueue<RunWrite>,
): Promise<StoreHealth> {
  const start = clock.monotonic();
  const reply = await ask(redis, () => redis.pipeline([["PING"]]));
  const latency_ms = reply.isAnswered ? Math.round((clock.monotonic() - start) * 1000) / 1000 : null;
  if (!reply.isAnswered || queue.stalled()) return { state: "degraded", backend: "memory", latency_ms };
  return { state: "ok", backend: "redis", latency_ms };
}
