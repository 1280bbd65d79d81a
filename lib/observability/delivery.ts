import type { Verdict } from "./failure-reason";

export interface DeliveryLimits {
  /** Parcels that may be open at once, and their bytes together. */
  maxParcels: number;
  maxBytes: number;
  /** Tries per parcel, the first included. */
  maxAttempts: number;
  /** Where more tries than this fail one after the other, whosever, the server is down: then a parcel has one. */
  maxFailuresInRow: number;
  /** Wait before the second try; doubled for each further one, up to `maxDelayMs`. */
  firstDelayMs: number;
  maxDelayMs: number;
  /** Requests on their way at once. */
  concurrency: number;
}

/** Something to hand over. */
interface Parcel {
  bytes: number;
  /** One try; does not throw. */
  send(): Promise<Verdict>;
  /** Hears of every try; after `last` there is no other. */
  onVerdict(verdict: Verdict, last: boolean): void;
}

export interface Delivery {
  /** Takes a parcel, or answers false when the queue is full. Returns at once. */
  put(parcel: Parcel): boolean;
  /** Parcels that are not settled. */
  open(): number;
  /** Ends the pauses between tries. */
  wake(): void;
  /** Tries everything now; resolves when each open parcel has had its try, or after the limit. */
  flush(timeoutMs: number): Promise<void>;
}

/** A parcel's life: `rested` resolves when it waits for its next try or is settled. */
interface Trip {
  rested: PromiseWithResolvers<void>;
  wake(): void;
}

/**
 * A bounded queue with bounded retries. Parcels fail independently: one that waits for its next try keeps
 * no place on the wire. A server that is down is not asked five times for each of them. `wait` is the only clock.
 */
export function createDelivery(limits: DeliveryLimits, wait: (ms: number) => Promise<void>): Delivery {
  const inSlot = createSlots(limits.concurrency);
  const trips = new Set<Trip>();
  let bytes = 0;
  let failuresInRow = 0;

  async function travel(parcel: Parcel, trip: Trip): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const verdict = await inSlot(() => parcel.send());
      failuresInRow = verdict.taken || verdict.blame === "run" ? 0 : failuresInRow + 1;
      const isDown = failuresInRow > limits.maxFailuresInRow;
      const last = verdict.taken || !verdict.retryable || isDown || attempt >= limits.maxAttempts;
      parcel.onVerdict(verdict, last);
      if (last) return;
      await rest(trip, wait(delayMs(limits, attempt, verdict.retryAfterMs)));
    }
  }

  function put(parcel: Parcel): boolean {
    if (trips.size >= limits.maxParcels || bytes + parcel.bytes > limits.maxBytes) return false;
    const trip: Trip = { rested: Promise.withResolvers(), wake: () => {} };
    trips.add(trip);
    bytes += parcel.bytes;
    // A parcel that throws all the same must not end the process.
    const settled = travel(parcel, trip).catch(() => {});
    void settled.then(() => {
      trips.delete(trip);
      bytes -= parcel.bytes;
      trip.rested.resolve();
    });
    return true;
  }

  function wake(): void {
    for (const trip of trips) trip.wake();
  }

  async function flush(timeoutMs: number): Promise<void> {
    wake();
    const waiting = [...trips];
    await Promise.race([Promise.all(waiting.map((trip) => trip.rested.promise)), wait(timeoutMs)]);
  }

  return { put, open: () => trips.size, wake, flush };
}

/** Lets a trip wait until the pause is over or somebody wakes it. */
function rest(trip: Trip, pause: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    let woken = false;
    trip.wake = () => {
      if (woken) return;
      woken = true;
      trip.rested = Promise.withResolvers();
      resolve();
    };
    void pause.then(trip.wake);
    trip.rested.resolve();
  });
}

/** What the server asked for, within bounds, else exponential. */
function delayMs(limits: DeliveryLimits, attempt: number, askedMs: number | null): number {
  const backoff = Math.min(limits.firstDelayMs * 2 ** (attempt - 1), limits.maxDelayMs);
  return askedMs === null ? backoff : Math.min(askedMs, limits.maxDelayMs);
}

/** Lets at most `count` of the given tasks run at once, in the order of their coming. */
function createSlots(count: number) {
  const queue: (() => void)[] = [];
  let free = count;
  return async <T>(task: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => queue.push(resolve));
    try {
      return await task();
    } finally {
      const next = queue.shift();
      if (next) next();
      else free += 1;
    }
  };
}
