import { setTimeout as wait } from "node:timers/promises";
import { ProviderFault } from "./provider-fault";

/** Waits; rejects when the signal aborts. Injected so that tests need not wait. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

export const systemSleep: Sleep = (ms, signal) => wait(ms, undefined, { signal });

const ATTEMPTS = 3;
const FIRST_BACKOFF_MS = 250;
/** A longer Retry-After is the reader's decision, not ours. */
const LONGEST_WAIT_MS = 5_000;
/** Not one byte of an answer came, so asking again shows the reader nothing twice. */
const TRANSIENT_CODES = new Set(["ECONNREFUSED", "ECONNRESET", "EAI_AGAIN", "EPIPE", "UND_ERR_SOCKET"]);

/**
 * Runs a call that has not shown the reader anything yet, up to three times: again after 5xx, after a
 * connection that failed, and after 429 where Retry-After asks for at most 5 s. Throws the last fault.
 */
export async function withRetries<T>(
  call: () => Promise<T>,
  options: { sleep: Sleep; signal: AbortSignal },
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const waitMs = attempt < ATTEMPTS ? retryWaitMs(error, attempt) : null;
      if (waitMs === null) throw error;
      await options.sleep(waitMs, options.signal).catch(() => undefined);
      // The signal may have ended the wait; then the fault says more than the abort does.
      if (options.signal.aborted) throw error;
    }
  }
}

/** Milliseconds to wait before the next attempt; null where another one is not safe or not useful. */
function retryWaitMs(error: unknown, attempt: number): number | null {
  if (!(error instanceof ProviderFault)) return null;
  const { kind, status, code, retryAfterMs } = error;
  const backoffMs = FIRST_BACKOFF_MS * 2 ** (attempt - 1);
  if (kind === "connection") return code !== null && TRANSIENT_CODES.has(code) ? backoffMs : null;
  if (kind !== "status" || status === null) return null;
  if (retryAfterMs !== null && retryAfterMs > LONGEST_WAIT_MS) return null;
  if (status === 429) return code === "insufficient_quota" ? null : retryAfterMs;
  return status >= 500 ? Math.max(backoffMs, retryAfterMs ?? 0) : null;
}
