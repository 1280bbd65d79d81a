import type { Refusal } from "./failure-reason";

/** When what failed is sent again, and how often. */
export interface RetryPlan {
  firstDelayMs: number;
  maxDelayMs: number;
  /** Tries of an item while Langfuse is to blame; then it is dropped. */
  maxTries: number;
  /** Tries of an item that Langfuse itself does not want. */
  maxRefusals: number;
}

/** A quarter of a minute, doubled up to an hour: thirty tries take a day, which is as long as a run is kept. */
export const defaultRetryPlan: RetryPlan = {
  firstDelayMs: 15_000,
  maxDelayMs: 3_600_000,
  maxTries: 30,
  maxRefusals: 3,
};

/** A score is small and people look for it, so that it is tried each minute of the day for which it is kept. */
export const scoreRetryPlan: RetryPlan = {
  firstDelayMs: 15_000,
  maxDelayMs: 60_000,
  maxTries: 1440,
  maxRefusals: 3,
};

/** The pause after the n-th failure. */
export function retryDelayMs(failures: number, { firstDelayMs, maxDelayMs }: RetryPlan): number {
  return Math.min(firstDelayMs * 2 ** (failures - 1), maxDelayMs);
}

/** How many tries such a failure leaves an item. */
export function triesFor({ blame }: Refusal, { maxTries, maxRefusals }: RetryPlan): number {
  return blame === "run" ? maxRefusals : maxTries;
}
