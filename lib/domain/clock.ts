/** Where time comes from; injected so that tests own it. */
export interface Clock {
  /** Epoch milliseconds, may jump. */
  now(): number;
  /** Milliseconds since an arbitrary start, never goes back. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
