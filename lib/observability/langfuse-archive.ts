import { toTraceId } from "@/lib/domain/ids";
import type { RunRecord } from "@/lib/domain/run-record";
import type { TraceLink } from "@/lib/domain/trace-link";
import { matchesRunQuery } from "@/lib/store/run-filter";
import type { RunFacts, RunPage } from "@/lib/store/run-store";
import { createBriefCache } from "./brief-cache";
import { fromSpans } from "./from-spans";
import type { LangfuseProject } from "./langfuse-project";
import { moveLink, traceUrl } from "./link-state";
import type { ArchiveQuery, RunArchive } from "./run-archive";
import { listTraces } from "./trace-list";
import { readTrace } from "./trace-reader";

/** A page asks several times for the run that it shows; a run that is not there yet may come. */
const KEEP_FOUND_MS = 60_000;
const KEEP_MISSING_MS = 5_000;
const MAX_KEPT = 30;
/** Pages of Langfuse that are looked through for one page of a search. */
const MAX_SCANNED_PAGES = 5;

/** Runs as Langfuse keeps them, servers v3 and v4. */
export function createLangfuseArchive({ api, facts, publicUrl, clock }: LangfuseProject): RunArchive {
  const records = createBriefCache<RunRecord | null>({
    load: readRecord,
    keepMs: (record) => (record ? KEEP_FOUND_MS : KEEP_MISSING_MS),
    maxEntries: MAX_KEPT,
    monotonic: () => clock.monotonic(),
  });

  async function readRecord(requestId: string): Promise<RunRecord | null> {
    const found = await readTrace(requestId, api, facts);
    const record = found && fromSpans(found.trace, await linkOf(requestId));
    return record && { ...record, feedback: found.feedback ?? record.feedback };
  }

  async function linkOf(requestId: string): Promise<TraceLink> {
    const projectId = await facts.projectId();
    if (projectId === null) return exported;
    const url = traceUrl(publicUrl, projectId, toTraceId(requestId));
    return moveLink(exported, { type: "seen", url });
  }

  async function search({ before, limit, session_id, ...query }: ArchiveQuery): Promise<RunPage> {
    const items: RunPage["items"] = [];
    let place = before;
    for (let page = 0; page < MAX_SCANNED_PAGES; page++) {
      const asked = { before: place, limit, sessionId: session_id };
      const { summaries, next } = await listTraces(asked, { api, facts, now: () => clock.now() });
      const filter = {
        ...query,
        ...(session_id !== undefined && { session_id }),
        sort: "time",
        limit,
      } as const;
      const found = summaries.filter((summary) => matchesRunQuery(filter, summary, archivedFacts));
      items.push(...found.map((summary) => ({ summary, facts: archivedFacts })));
      if (next === null || items.length > 0) return { items, next };
      place = next;
    }
    return { items, next: place ?? null };
  }

  return { read: (requestId) => records.get(requestId), search };
}

const exported: TraceLink = { state: "exported", url: null, reason: null, observation_base: null };
/** A list shows that there is a trace; its address is asked for when it is opened. */
const archivedFacts: RunFacts = {
  feedback: null,
  trace: { ...exported, state: "visible" },
  support: null,
  title: null,
};
