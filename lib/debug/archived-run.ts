import { checkCitations } from "@/lib/chat/support/check-citations";
import type { Clock } from "@/lib/domain/clock";
import type { DebugAnswer } from "@/lib/domain/debug-answer";
import { importedIdPrefix } from "@/lib/domain/ids";
import type { RunRecord } from "@/lib/domain/run-record";
import type { SupportFacts } from "@/lib/domain/support-facts";
import { createStamper } from "@/lib/events/stamp";
import type { RunArchive } from "@/lib/observability/run-archive";
import { unbornPollMs } from "@/lib/run-view/poll-delay";
import { toEvents } from "@/lib/run-view/to-events";
import type { RunStore } from "@/lib/store/run-store";

interface ArchivePorts {
  runs: Pick<RunStore, "isDeleted">;
  archive: RunArchive | null;
  clock: Clock;
}

/**
 * A run that the debug store has forgotten; null when the archive has none either, or the run was deleted
 * here. Not asked for an imported run, nor for one that began this moment: its trace cannot be there yet.
 */
export async function readArchived(
  requestId: string,
  { runs, archive, clock }: ArchivePorts,
): Promise<RunRecord | null> {
  if (!archive || requestId.startsWith(importedIdPrefix)) return null;
  if (unbornPollMs(requestId, clock.now()) !== null || (await runs.isDeleted(requestId))) return null;
  return archive.read(requestId);
}

/** What a poll answers of it: all its events at once, then no more. */
export function answerFromArchive(record: RunRecord, after: number): DebugAnswer {
  const { request_id, session_id, status, started_at, trace, feedback } = record;
  const stamp = createStamper(request_id, started_at, () => 0);
  const events = toEvents(record).map((event) => {
    const { v: _v, request_id: _requestId, ...shown } = stamp(event);
    return shown;
  });
  return {
    request_id,
    session_id,
    status,
    started_at,
    cursor: String(Math.max(after, events.length)),
    events: events.filter(({ seq }) => seq > after),
    source: "langfuse",
    degraded: false,
    truncated: 0,
    dropped: 0,
    payloads: [],
    trace,
    feedback,
    support: recheckSupport(record),
  };
}

/**
 * Support of single sentences is not in the archive; by their words it can be found again from what is. Null
 * where there is nothing to check.
 */
export function recheckSupport(record: RunRecord): SupportFacts | null {
  if (record.citations.length === 0) return null;
  return { method: "lexical", pending: false, citations: checkCitations(record), generation: null };
}
