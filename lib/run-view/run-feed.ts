import type { DebugAnswer, DebugSource } from "@/lib/domain/debug-answer";
import type { KeptPayload } from "@/lib/domain/payload";
import type { RunRecord } from "@/lib/domain/run-record";
import type { SupportFacts } from "@/lib/domain/support-facts";
import type { TraceCounts } from "@/lib/domain/trace-counts";
import { recordedEventSchema, type StampedEvent } from "@/lib/events/run-event";
import { addGeneration } from "./add-generation";
import { applySupport } from "./apply-support";
import { emptyRecord, reduceEvents } from "./reduce-run";

/** A run as far as it was polled: the folded record, and what the answers said beside it. */
export interface RunFeed {
  record: RunRecord;
  /** `after` of the next poll. */
  cursor: string;
  source: DebugSource;
  degraded: boolean;
  truncated: number;
  /** Events that the server lost. */
  dropped: number;
  /** Events that this page could not read: made by a later version. */
  unreadable: number;
  /** Parts of which the server keeps more than the record has. */
  payloads: readonly KeptPayload[];
  /** How far the citations are supported; null until that was checked. */
  support: SupportFacts | null;
  /** How it stands with the traces of all runs, where that of this one failed; else null. */
  traceCounts: TraceCounts | null;
  /** The latest instant of the run that is known, and when (the page's monotonic clock) it was learnt. */
  knownMs: number;
  learntAt: number;
  /** Answers that came when the run was over: what is still polled then is its trace. */
  answersAfterEnd: number;
}

/** Folds one answer into the feed. Events that were seen before are skipped, unreadable ones are counted. */
export function advanceFeed(feed: RunFeed | null, answer: DebugAnswer, now: number): RunFeed {
  const before = feed?.record ?? emptyRecord(answer.request_id);
  const after = Number(feed?.cursor ?? 0);
  const fresh = answer.events.filter(({ seq }) => seq > after);
  const events = fresh.flatMap((event) => readEvent(event, answer.request_id));
  const lastAt = events.at(-1)?.at;
  const knownMs = lastAt === undefined ? 0 : lastAt - answer.started_at;
  const estimate = feed ? elapsedMs(feed, now) : 0;
  const moved = !feed || knownMs > estimate;
  return {
    record: addGeneration(
      withSupport(withFacts(reduceEvents(before, events), answer), answer.support ?? null, feed),
      answer.title ?? null,
    ),
    support: answer.support ?? null,
    traceCounts: answer.trace_counts ?? null,
    cursor: Number(answer.cursor) > after ? answer.cursor : String(after),
    source: answer.source,
    degraded: answer.degraded,
    truncated: answer.truncated,
    dropped: answer.dropped,
    payloads: answer.payloads.length === feed?.payloads.length ? feed.payloads : answer.payloads,
    unreadable: (feed?.unreadable ?? 0) + fresh.length - events.length,
    knownMs: moved ? knownMs : feed.knownMs,
    learntAt: moved ? now : feed.learntAt,
    answersAfterEnd: (feed?.answersAfterEnd ?? 0) + (answer.status === "running" ? 0 : 1),
  };
}

/**
 * How long the run has been going on, in ms. Counted from the last instant that the server told, so that a
 * page whose clock is wrong by hours shows the same as any other.
 */
export function elapsedMs(feed: Pick<RunFeed, "record" | "knownMs" | "learntAt">, now: number): number {
  return feed.record.performance_metrics.total_duration_ms ?? feed.knownMs + Math.max(0, now - feed.learntAt);
}

function readEvent(event: DebugAnswer["events"][number], requestId: string): StampedEvent[] {
  const { success, data } = recordedEventSchema.safeParse(event);
  return success ? [{ ...data, v: 1, request_id: requestId, seq: event.seq, at: event.at }] : [];
}

/** What may change without an event; the record stays the same object when nothing did. */
function withFacts(record: RunRecord, answer: DebugAnswer): RunRecord {
  const status = record.status === "running" ? answer.status : record.status;
  const feedback = answer.feedback === undefined ? record.feedback : answer.feedback;
  const facts = { status, feedback, trace: answer.trace };
  const { status: oldStatus, feedback: oldFeedback, trace } = record;
  const same = JSON.stringify(facts) === JSON.stringify({ status: oldStatus, feedback: oldFeedback, trace });
  return same ? record : { ...record, ...facts };
}

/** As above; citations and their support may come in the same answer or one after the other. */
function withSupport(record: RunRecord, support: SupportFacts | null, feed: RunFeed | null): RunRecord {
  const known = record.citations === feed?.record.citations;
  return known && JSON.stringify(support) === JSON.stringify(feed.support)
    ? record
    : applySupport(record, support);
}
