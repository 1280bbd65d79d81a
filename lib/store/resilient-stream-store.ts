import type { ChatFrame } from "@/lib/events/chat-frame";
import type { RedisClient } from "./redis-client";
import { isGapError } from "./sequence-gap";
import type { StreamStore } from "./stream-store";
import { createWriteQueue, type WriteQueueOptions } from "./write-queue";

export interface ResilientStreamStoreOptions {
  /** In Redis. */
  primary: StreamStore;
  /** In this process; has its own answers at once. */
  fallback: StreamStore;
  redis: RedisClient;
  queue?: Pick<WriteQueueOptions<StreamWrite>, "limits" | "onDrop" | "onRound">;
}

export interface ResilientStreamStore extends StreamStore {
  /** Resolves when Redis has what waits now, and at once when it is away. */
  flush(): Promise<void>;
  /** Writes that Redis does not have yet. */
  waiting(): number;
  close(): void;
}

type StreamWrite =
  | { kind: "open"; owner: string }
  | { kind: "frames"; firstFrame: number; frames: readonly ChatFrame[] }
  | { kind: "stop" }
  | { kind: "delete" }
  /** Stands for writes for which there was no room; the frames are taken from the fallback again. */
  | { kind: "catch-up" };

/**
 * Redis with this process's memory before it. This process's own answers are read from memory; what is written
 * follows to Redis in order when it can take it. Leases and reader marks are not queued: late ones are worthless.
 * Reading an answer of another process while Redis is away throws `unavailable`.
 */
export function createResilientStreamStore(options: ResilientStreamStoreOptions): ResilientStreamStore {
  const { primary, fallback, redis } = options;
  const queue = createWriteQueue<StreamWrite>({
    write: (requestId, writes) => carryOut(primary, fallback, requestId, writes),
    isReady: redis.isReady,
    sizeOf: (write) => JSON.stringify(write).length,
    condense: (writes) => ({ kind: writes.some(({ kind }) => kind === "delete") ? "delete" : "catch-up" }),
    ...options.queue,
  });
  const ifReady = (work: () => Promise<void>) =>
    redis.isReady() ? work().catch(() => {}) : Promise.resolve();

  return {
    async open(requestId, owner) {
      queue.push(requestId, { kind: "open", owner });
      await fallback.open(requestId, owner);
      await queue.settled(requestId);
    },
    async append(requestId, firstFrame, frames) {
      queue.push(requestId, { kind: "frames", firstFrame, frames });
      // Memory refuses frames of an answer that another process began.
      await fallback.append(requestId, firstFrame, frames).catch(() => {});
    },
    async read(requestId, after) {
      const own = await fallback.read(requestId, after);
      if (own) return own;
      await queue.settled(requestId);
      return primary.read(requestId, after);
    },
    renewLease: (requestId) => ifReady(() => primary.renewLease(requestId)),
    async requestStop(requestId) {
      queue.push(requestId, { kind: "stop" });
      await fallback.requestStop(requestId);
      await queue.settled(requestId);
    },
    stopRequested: (requestId) => eitherSays(options, (store) => store.stopRequested(requestId)),
    async markReader(requestId) {
      await fallback.markReader(requestId);
      await ifReady(() => primary.markReader(requestId));
    },
    hasReader: (requestId) => eitherSays(options, (store) => store.hasReader(requestId)),
    async delete(requestId) {
      queue.clear(requestId);
      queue.push(requestId, { kind: "delete" });
      await fallback.delete(requestId);
      await queue.settled(requestId);
    },
    flush: () => queue.settled(),
    waiting: () => queue.pending(),
    close: queue.close,
  };
}

async function eitherSays(
  { primary, fallback, redis }: ResilientStreamStoreOptions,
  question: (store: StreamStore) => Promise<boolean>,
): Promise<boolean> {
  if (await question(fallback)) return true;
  return redis.isReady() && (await question(primary).catch(() => false));
}

async function carryOut(
  store: StreamStore,
  source: StreamStore,
  requestId: string,
  writes: readonly StreamWrite[],
): Promise<void> {
  for (const write of joinFrames(writes)) {
    switch (write.kind) {
      case "open":
        await store.open(requestId, write.owner);
        break;
      case "frames":
        await append(store, source, requestId, write.firstFrame, write.frames);
        break;
      case "stop":
        await store.requestStop(requestId);
        break;
      case "delete":
        await store.delete(requestId);
        break;
      case "catch-up":
        await catchUp(store, source, requestId);
        break;
    }
  }
}

/** Frames that follow one another become one write. */
function joinFrames(writes: readonly StreamWrite[]): StreamWrite[] {
  const joined: StreamWrite[] = [];
  for (const write of writes) {
    const last = joined.at(-1);
    const isNext =
      write.kind === "frames" &&
      last?.kind === "frames" &&
      write.firstFrame === last.firstFrame + last.frames.length;
    if (isNext) joined[joined.length - 1] = { ...last, frames: [...last.frames, ...write.frames] };
    else joined.push(write);
  }
  return joined;
}

async function append(
  store: StreamStore,
  source: StreamStore,
  requestId: string,
  firstFrame: number,
  frames: readonly ChatFrame[],
): Promise<void> {
  try {
    await store.append(requestId, firstFrame, frames);
  } catch (error) {
    if (!isGapError(error)) throw error;
    await catchUp(store, source, requestId);
  }
}

/** Sends a whole stream of this process again, to a Redis that lost it or parts of it. */
async function catchUp(store: StreamStore, source: StreamStore, requestId: string): Promise<void> {
  const known = await source.read(requestId, 0);
  if (known === null) return;
  await store.open(requestId, known.owner);
  await store.append(requestId, 1, known.frames);
}
