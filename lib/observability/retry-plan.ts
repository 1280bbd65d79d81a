import type { Refusal } from "./failure-reason";

/** When a run that failed is sent again, and how often. */
export interface RetryPlan {
  firstDelayMs: number;
  maxDelayMs: number;
  /** Tries of a run while Langfuse is to blame; then it is dropped. */
  maxTries: number;
  /** Tries of a run that Langfuse itself does not want. */
  maxRefusals: number;
}

/** A quarter of a minute, doubled up to an hour: thirty tries take a day, which is as long as a run is kept. */
export const defaultRetryPlan: RetryPlan = {
  firstDelayMs: 15_000,
  maxDelayMs: 3_600_000,
  maxTries: 30,
  maxRefusals: 3,
};

/** The pause after the n-th failure. */
export function retryDelayMs(failures: number, { firstDelayMs, maxDelayMs }: RetryPlan): number {
  return Math.min(firstDelayMs * 2 ** (failures - 1), maxDelayMs);
}

/** How many tries such a failure leaves a run. */
export function triesFor({ blame }: Refusal, { maxTries, maxRefusals }: RetryPlan): number {
  return blame === "run" ? maxRefusals : maxTries;
}
