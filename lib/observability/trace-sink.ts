import type { Feedback } from "@/lib/domain/feedback";
import type { RunRecord } from "@/lib/domain/run-record";
import type { TraceCounts } from "@/lib/domain/trace-counts";
import type { TraceLink } from "@/lib/domain/trace-link";

/** A finished run on its way to the tracing backend. */
export interface TraceExport {
  /** Masked. */
  record: RunRecord;
  /** Hash of the browser that asked. */
  userId: string;
  /** Whether the run is kept for the debug sidebar too. */
  debug: boolean;
}

export interface TraceHealth {
  state: "ok" | "degraded" | "disabled";
  /** Of the server; null while unknown. */
  version: string | null;
  /** What is wrong, as far as a try said so. */
  reason: string | null;
}

/** Port: where finished runs are kept for good. No call throws, none delays an answer. */
export interface TraceSink {
  readonly enabled: boolean;
  /** Link state of a run that is not finished yet. */
  initialLink(requestId: string, debug: boolean): TraceLink;
  /** Hands over a finished run; returns at once. `onLink` hears of each new state of its link. */
  export(run: TraceExport, onLink: (link: TraceLink) => void): void;
  /**
   * Takes back what Langfuse does not have yet of a run that was deleted, whichever process keeps it; it counts
   * as dropped. False when nothing waits.
   */
  discard(requestId: string): Promise<boolean>;
  /** Sends a run again that failed, now. False when nothing of it waits; throws `unavailable`. */
  resend(requestId: string): Promise<boolean>;
  /** Looks whether an exported trace is visible now; at most one call on its way per trace. */
  checkVisible(requestId: string, link: TraceLink): Promise<TraceLink>;
  /**
   * Sends or takes back (null) a user's vote; kept until Langfuse has it, as runs are. `sent`: nothing is in its
   * way; `disabled`: its run is not traced.
   */
  score(requestId: string, feedback: Feedback | null): "sent" | "queued" | "disabled";
  /** Sends how far the answer's citations are supported, in [0, 1]; a new one replaces the old. */
  scoreSupport(requestId: string, support: number): "sent" | "queued" | "disabled";
  counts(): Promise<TraceCounts>;
  /** State for `/api/ready`. */
  health(): TraceHealth;
  /** Resolves when a finished run has had its first try, or after the limit. Nothing is hurried by it. */
  tried(requestId: string, timeoutMs: number): Promise<void>;
  /** Sends what is pending, up to the limit. */
  flush(timeoutMs: number): Promise<void>;
  /** Leaves what is pending to other processes, or to the next start where it can be kept. */
  close(): Promise<void>;
}
