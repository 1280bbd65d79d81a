import { closeInterrupted, type InterruptedPorts } from "@/lib/chat/close-interrupted";
import type { Clock } from "@/lib/domain/clock";
import type { DebugAnswer } from "@/lib/domain/debug-answer";
import { importedIdPrefix } from "@/lib/domain/ids";
import type { Payload, PayloadPart } from "@/lib/domain/payload";
import type { RunRecord } from "@/lib/domain/run-record";
import type { TraceLink } from "@/lib/domain/trace-link";
import { AppError } from "@/lib/errors";
import type { StampedEvent } from "@/lib/events/run-event";
import type { RunArchive } from "@/lib/observability/run-archive";
import type { TraceSink } from "@/lib/observability/trace-sink";
import { addGeneration } from "@/lib/run-view/add-generation";
import { applySupport } from "@/lib/run-view/apply-support";
import { emptyRecord, reduceEvents } from "@/lib/run-view/reduce-run";
import type { DebugSlice, DebugStore } from "@/lib/store/debug-store";
import { answerFromArchive, readArchived, recheckSupport } from "./archived-run";

export interface DebugPorts extends InterruptedPorts {
  runs: DebugStore;
  sink: TraceSink;
  /** Where runs are when the store has forgotten them; null: nowhere. */
  archive: RunArchive | null;
  clock: Clock;
  /** Whether this process makes that answer now. */
  isLive(requestId: string): boolean;
}

/**
 * The events of a run after a cursor. Throws `not_found` for one that neither the store nor the archive has,
 * `upstream_failed` when the archive cannot be asked.
 */
export async function readRun(requestId: string, after: number, ports: DebugPorts): Promise<DebugAnswer> {
  const slice = await readAlive(requestId, after, ports);
  if (!slice) return answerFromArchive(await requireArchived(requestId, ports), after);
  const { session_id, status, started_at, truncated, dropped, payloads } = slice.head;
  const trace = await freshLink(requestId, slice, ports);
  return {
    request_id: requestId,
    session_id,
    status,
    started_at,
    cursor: String(Math.max(after, slice.lastSeq)),
    events: slice.events.map(toWireEvent),
    source: requestId.startsWith(importedIdPrefix) ? "import" : slice.source,
    degraded: slice.degraded,
    truncated,
    dropped,
    payloads: [...payloads],
    trace,
    trace_counts: trace.state === "failed" ? await ports.sink.counts() : null,
    feedback: slice.facts.feedback,
    support: slice.facts.support,
    title: slice.facts.title,
  };
}

/** The same run folded into one record. */
export async function readRunRecord(requestId: string, ports: DebugPorts): Promise<RunRecord> {
  const slice = await readAlive(requestId, 0, ports);
  if (!slice) {
    const archived = await requireArchived(requestId, ports);
    return applySupport(archived, recheckSupport(archived));
  }
  const record = reduceEvents(emptyRecord(requestId), slice.events);
  const { feedback, support, title } = slice.facts;
  return {
    ...addGeneration(applySupport(record, support), title),
    feedback,
    trace: await freshLink(requestId, slice, ports),
  };
}

/** What an event shows only the beginning of. Throws `not_found` when it is not kept. */
export async function readPayload(
  requestId: string,
  spanId: string,
  part: PayloadPart,
  { runs }: Pick<DebugPorts, "runs">,
): Promise<Payload> {
  const payload = await runs.payload(requestId, spanId, part);
  if (!payload) throw new AppError("not_found", "This part of the request is not kept, or no longer.");
  return payload;
}

/** Removes a run and what of it waits for Langfuse; throws `not_found` when there is neither. */
export async function deleteRun(requestId: string, ports: DebugPorts): Promise<void> {
  const run = await ports.runs.read(requestId, Number.MAX_SAFE_INTEGER);
  const wasWaiting = await ports.sink.discard(requestId);
  if (!run && !wasWaiting) throw unknownRun();
  await ports.runs.delete(requestId);
}

async function requireArchived(requestId: string, ports: DebugPorts): Promise<RunRecord> {
  const archived = await readArchived(requestId, ports);
  if (!archived) throw unknownRun();
  return archived;
}

/** Sends a run to Langfuse again that failed, now. Throws `conflict` when nothing of it waits. */
export async function resendRun(requestId: string, { sink }: Pick<DebugPorts, "sink">): Promise<void> {
  if (await sink.resend(requestId)) return;
  throw new AppError(
    "conflict",
    "Nothing of this request waits for Langfuse: it was sent, given up or deleted.",
  );
}

/** A slice of a run; one whose process died is closed first. Null when the store does not have it. */
async function readAlive(requestId: string, after: number, ports: DebugPorts): Promise<DebugSlice | null> {
  const slice = await ports.runs.read(requestId, after);
  if (!slice) return null;
  if (slice.head.status !== "running" || ports.isLive(requestId) || slice.degraded) return slice;
  const stream = await ports.streams.read(requestId, Number.MAX_SAFE_INTEGER);
  if (stream?.alive || stream?.ended) return slice;
  await closeInterrupted(requestId, ports);
  return (await ports.runs.read(requestId, after)) ?? slice;
}

/** Looks for an exported trace while somebody asks, and keeps what it found. */
async function freshLink(
  requestId: string,
  { facts }: DebugSlice,
  { sink, runs }: DebugPorts,
): Promise<TraceLink> {
  const link = facts.trace ?? sink.initialLink(requestId, true);
  if (link.state !== "exported") return link;
  const fresh = await sink.checkVisible(requestId, link);
  if (fresh.state !== link.state) await runs.patchFacts(requestId, { trace: fresh });
  return fresh;
}

function toWireEvent({ v: _v, request_id: _requestId, ...event }: StampedEvent) {
  return event;
}

function unknownRun() {
  return new AppError("not_found", "This request is not stored here: it is unknown or has expired.");
}
