import type { AgentType } from "@/lib/domain/agent";
import type { Feedback } from "@/lib/domain/feedback";
import type { KeptPayload, Payload, PayloadPart } from "@/lib/domain/payload";
import type { RunSort } from "@/lib/domain/run-list";
import type { Generation, RunStatus } from "@/lib/domain/run-record";
import type { SupportFacts } from "@/lib/domain/support-facts";
import type { TraceLink } from "@/lib/domain/trace-link";
import type { StampedEvent } from "@/lib/events/run-event";

/** What is known of a run without its events; rewritten with every batch. */
export interface RunHead {
  request_id: string;
  session_id: string;
  status: RunStatus;
  started_at: number;
  /** Payload parts that were cut. */
  truncated: number;
  /** Events that were lost before they could be stored. */
  dropped: number;
  /** Parts of which more is kept than their events show. */
  payloads: readonly KeptPayload[];
}

/** What may change after the run's end. */
export interface RunFacts {
  feedback: Feedback | null;
  trace: TraceLink | null;
  /** Null until the answer's citations were checked. */
  support: SupportFacts | null;
  /** The model's call that made the conversation's title; null unless this run began one. */
  title: Generation | null;
}

/** One line of the requests list; `answer` is kept for searching and is not shown. */
export interface RunSummary {
  request_id: string;
  session_id: string;
  started_at: number;
  status: RunStatus;
  message: string;
  answer: string;
  kb_prefix: string;
  agents: string[];
  model: string;
  total_duration_ms: number | null;
  total_tokens: number | null;
  cost_usd: number | null;
}

export interface RunSlice {
  head: RunHead;
  facts: RunFacts;
  events: StampedEvent[];
  /** The last stored seq, 0 when none. */
  lastSeq: number;
}

export interface RunQuery {
  session_id?: string;
  q?: string;
  status?: RunStatus;
  kb_prefix?: string;
  /** `auto` and `fusion_agent` match the runs of all agents at once. */
  agent_type?: AgentType;
  model?: string;
  min_ms?: number;
  feedback?: "up" | "down";
  sort: RunSort;
  /** Opaque cursor of the page before. */
  before?: string;
  limit: number;
}

export interface RunPage {
  items: { summary: RunSummary; facts: RunFacts }[];
  next: string | null;
}

/**
 * Port: the debug data of runs, masked, for `DEBUG_TTL_SECONDS` from a run's last event.
 * One writer per run. Appending a seq that is stored already is a no-op.
 *
 * A gap (a seq that does not follow the last one) is refused with `conflict`, unless `head.dropped` is at least
 * the number of events that would then be missing from the whole run: who lost events says so and may go on.
 * `dropped` as read is never less than the number of events that are missing.
 */
export interface RunStore {
  readonly backend: "redis" | "memory";
  /** Adds events, which renews the run's time, and replaces its head; without events the head alone. */
  append(head: RunHead, events: readonly StampedEvent[]): Promise<void>;
  /** Events with seq > after, in order; null when the run is unknown or has expired. */
  read(requestId: string, after: number): Promise<RunSlice | null>;
  /** Sets the given facts of a stored run; a run that is not stored is left alone. */
  patchFacts(requestId: string, facts: Partial<RunFacts>): Promise<void>;
  /** Puts or replaces the run's line in the list; it goes when the run goes. */
  putSummary(summary: RunSummary): Promise<void>;
  /** Highest first, unknown values last; throws `invalid_request` when `before` is not a cursor. */
  list(query: RunQuery): Promise<RunPage>;
  /** Keeps a part beside the run's events and for as long as these; the same part again replaces it. */
  putPayload(requestId: string, payload: Payload): Promise<void>;
  /** Null when it was never kept, or has gone with its run. */
  payload(requestId: string, spanId: string, part: PayloadPart): Promise<Payload | null>;
  /** Removes every key of the run; what is written to it after that is ignored. */
  delete(requestId: string): Promise<void>;
  /** Whether the run was deleted; known for as long as a run is kept. */
  isDeleted(requestId: string): Promise<boolean>;
}
