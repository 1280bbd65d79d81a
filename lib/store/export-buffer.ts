import type { TraceExport } from "@/lib/observability/trace-sink";

/** How long a run waits for Langfuse at most, unless the setting says otherwise. */
export const EXPORT_KEPT_MS = 86_400_000;

export interface ExportLimits {
  maxRuns: number;
  /** Of all runs together, in characters of their JSON. */
  maxBytes: number;
  /** How long a run waits at most, in milliseconds. */
  keptMs?: number;
}

/** A run that waits, and how often it was given up on its way to Langfuse. */
export interface KeptExport {
  run: TraceExport;
  failures: number;
}

/**
 * Port: masked runs that Langfuse does not have yet, for a day at most. A run belongs to whoever holds it;
 * a holder renews that, so the runs of a process that died are free after `holdMs`. Throws `unavailable`
 * where the store is away.
 */
export interface ExportBuffer {
  /**
   * Keeps a run, held by the caller; the same run again replaces it. The oldest give way where there is no
   * room; `dropped` are those of them that nobody held, the others are still on their way. `isKept` is false
   * for one that alone is too large, or was discarded.
   */
  put(run: TraceExport, holdMs: number): Promise<{ isKept: boolean; dropped: number }>;
  /** Holds the runs on from now; with 0 lets go of them. Answers with those that were discarded meanwhile. */
  renew(requestIds: readonly string[], holdMs: number): Promise<string[]>;
  /** Writes down a failure and lets go of the run; it is due again in `dueInMs`. False when it is not kept. */
  fail(requestId: string, failures: number, dueInMs: number): Promise<boolean>;
  /** Forgets a run that arrived, or is given up. */
  remove(requestId: string): Promise<void>;
  /** Forgets a run that must not arrive, and tells its holder at the next `renew`. False when it was not kept. */
  discard(requestId: string): Promise<boolean>;
  /** Runs that are due and held by nobody, now held by the caller; `dropped` have become too old meanwhile. */
  claim(limit: number, holdMs: number): Promise<{ runs: KeptExport[]; dropped: number }>;
  /** Makes failed runs due now: all of them, or this one. False when there is none, or this one is not kept. */
  hasten(requestId: string | null): Promise<boolean>;
  /** `failed`: those with a failure behind them; `pending`: all others. */
  counts(): Promise<{ pending: number; failed: number }>;
}
