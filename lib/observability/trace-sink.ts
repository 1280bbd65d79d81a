import type { Feedback } from "@/lib/domain/feedback";
import type { RunRecord } from "@/lib/domain/run-record";
import type { TraceLink } from "@/lib/domain/trace-link";

export interface TraceCounts {
  exported: number;
  failed: number;
  pending: number;
  dropped: number;
}

/** A finished run on its way to the tracing backend. */
export interface TraceExport {
  /** Masked. */
  record: RunRecord;
  /** Hash of the browser that asked. */
  userId: string;
  /** Whether the run is kept for the debug sidebar too. */
  debug: boolean;
}

/** Port: where finished runs are kept for good. No call throws, none delays an answer. */
export interface TraceSink {
  readonly enabled: boolean;
  /** Link state of a run that is not finished yet. */
  initialLink(requestId: string, debug: boolean): TraceLink;
  /** Hands over a finished run; returns at once. `onLink` hears of each new state of its link. */
  export(run: TraceExport, onLink: (link: TraceLink) => void): void;
  /** Takes back what was not handed over yet of a run that was deleted; it counts as dropped. */
  discard(requestId: string): void;
  /** Looks whether an exported trace is visible now; at most one call on its way per trace. */
  checkVisible(requestId: string, link: TraceLink): Promise<TraceLink>;
  /** Sends or takes back (null) a user's vote. */
  score(requestId: string, feedback: Feedback | null): "sent" | "queued" | "disabled";
  /** Sends how far the answer's citations are supported, in [0, 1]; a new one replaces the old. */
  scoreSupport(requestId: string, support: number): "sent" | "queued" | "disabled";
  counts(): TraceCounts;
  /** State for `/api/ready`. */
  health(): { state: "ok" | "degraded" | "disabled"; version: string | null };
  /** Sends what is pending, up to the limit. */
  flush(timeoutMs: number): Promise<void>;
}
