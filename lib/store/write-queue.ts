import { isUnavailable } from "@/lib/errors";
import { createWriteLanes, type LaneLimits } from "./write-lanes";

export interface WriteQueueLimits extends LaneLimits {
  /** Pause before the store is tried again, in milliseconds. */
  retryMs: number;
}

const defaultLimits: WriteQueueLimits = {
  maxItems: 50_000,
  maxBytes: 64 * 1024 * 1024,
  batchItems: 200,
  batchBytes: 1024 * 1024,
  retryMs: 200,
};

export interface WriteQueueOptions<Item> {
  /**
   * Writes items of one key, in order. It may get the same items again: rejecting with `unavailable` keeps them
   * for a later try, any other error gives them up.
   */
  write(key: string, items: readonly Item[]): Promise<void>;
  /** Whether the store can be tried now. */
  isReady(): boolean;
  /** Bytes that an item takes, roughly. */
  sizeOf(item: Item): number;
  /** What to leave in the place of a key's items for which there is no room; without it they are dropped. */
  condense?: (items: readonly Item[]) => Item;
  /** Hears of items that were given up, with the store's refusal or null when there was no room. */
  onDrop?: ((key: string, count: number, cause: unknown) => void) | undefined;
  /** Hears why a store that is there left items behind, and null whenever it has taken all. */
  onRound?: ((refusal: unknown) => void) | undefined;
  limits?: Partial<WriteQueueLimits> | undefined;
}

/**
 * Writes to a store that may be away: nobody waits, nothing throws, the items of a key stay in order, and what was
 * not acknowledged stays until the store is back. When it is full, the key that has waited longest gives way.
 */
export interface WriteQueue<Item> {
  push(key: string, item: Item): void;
  /** Items of the key, or of all keys, that are not acknowledged yet. */
  pending(key?: string): number;
  /** Whether the last try left items behind because the store was away or took nothing. */
  stalled(): boolean;
  /** Forgets the items of a key that are not on their way yet. */
  clear(key: string): void;
  /** Resolves when what waits now has been written or given up, and at once when the store turns out to be away. */
  settled(key?: string): Promise<void>;
  /** Stops trying. */
  close(): void;
}

/** How many keys are written at once. */
const KEYS_PER_ROUND = 16;

export function createWriteQueue<Item>(options: WriteQueueOptions<Item>): WriteQueue<Item> {
  const { retryMs, ...limits } = { ...defaultLimits, ...options.limits };
  const waiters = createWaiters();
  const lanes = createWriteLanes<Item>({
    limits,
    sizeOf: options.sizeOf,
    condense: options.condense,
    onDrop: (key, items) => options.onDrop?.(key, items.length, null),
    onLeave: waiters.count,
  });
  let isDraining = false;
  let isClosed = false;
  let isStalled = false;
  let retry: NodeJS.Timeout | null = null;

  /** Writes for as long as there is something to write and the store takes it. */
  async function drain(): Promise<void> {
    if (isDraining || isClosed) return;
    isDraining = true;
    // Lets what is pushed in the same turn of the event loop go in the same batch.
    await new Promise((resolve) => setImmediate(resolve));
    let refusal: unknown = null;
    while (lanes.total() > 0 && refusal === null && options.isReady()) {
      const refusals = await Promise.all(lanes.keys().slice(0, KEYS_PER_ROUND).map(writeBatch));
      refusal = refusals.find((reason) => reason !== null) ?? null;
    }
    isDraining = false;
    isStalled = lanes.total() > 0;
    if (refusal !== null || !isStalled) options.onRound?.(refusal);
    if (isStalled) tryLater();
  }

  function tryLater(): void {
    waiters.releaseAll();
    if (isClosed || retry !== null) return;
    retry = setTimeout(() => {
      retry = null;
      void drain();
    }, retryMs);
    retry.unref();
  }

  /** One batch of one key; why the store does not take it now, else null. */
  async function writeBatch(key: string): Promise<unknown> {
    const batch = lanes.begin(key);
    const error = await attempt(key, batch);
    const isAway = isUnavailable(error);
    lanes.finish(key, !isAway);
    if (error !== null && !isAway) options.onDrop?.(key, batch.length, error);
    return isAway ? error : null;
  }

  async function attempt(key: string, batch: readonly Item[]): Promise<unknown> {
    try {
      await options.write(key, batch);
      return null;
    } catch (error) {
      return error ?? new Error("The store refused without saying why.");
    }
  }

  function settledKey(key: string): Promise<void> {
    const left = lanes.items(key);
    if (left === 0 || isClosed || !options.isReady()) return Promise.resolve();
    void drain();
    return waiters.wait(key, left);
  }

  return {
    push(key, item) {
      if (isClosed) return;
      lanes.push(key, item);
      void drain();
    },
    pending: (key) => (key === undefined ? lanes.total() : lanes.items(key)),
    stalled: () => isStalled,
    clear: (key) => void lanes.takeWaiting(key),
    async settled(key) {
      await Promise.all((key === undefined ? lanes.keys() : [key]).map(settledKey));
    },
    close() {
      isClosed = true;
      if (retry !== null) clearTimeout(retry);
      waiters.releaseAll();
    },
  };
}

interface Waiter {
  key: string;
  left: number;
  resolve: () => void;
}

/** Those who wait until a number of items has left a lane. */
function createWaiters() {
  let waiters: Waiter[] = [];

  function release(isDone: (waiter: Waiter) => boolean): void {
    const done = waiters.filter(isDone);
    waiters = waiters.filter((waiter) => !isDone(waiter));
    for (const { resolve } of done) resolve();
  }
  return {
    wait: (key: string, left: number) =>
      new Promise<void>((resolve) => {
        waiters.push({ key, left, resolve });
      }),
    count(key: string, items: number): void {
      for (const waiter of waiters) if (waiter.key === key) waiter.left -= items;
      release(({ left }) => left <= 0);
    },
    releaseAll: () => release(() => true),
  };
}
