import { toTraceId } from "@/lib/domain/ids";
import type { RunRecord } from "@/lib/domain/run-record";
import type { Observation, RunTrace } from "./observation";
import type { RunMetadata } from "./record-metadata";
import { homeOf, listSections, type Section } from "./record-sections";
import { describeSpan } from "./span-observation";
import { arrangeSpans } from "./span-tree";

/**
 * A finished, masked record as a Langfuse trace: one observation per span, each section of the record
 * shown in the span it belongs to. Nothing is added but the user's hash. `fromSpans` is the inverse,
 * log lines and link state aside.
 */
export function toSpans(record: RunRecord, userId: string | null): RunTrace {
  const traceId = toTraceId(record.request_id);
  const root = record.spans.find(({ kind }) => kind === "request");
  const rootId = root?.span_id ?? traceId.slice(16);
  const { homes, loose } = placeSections(record, rootId);
  const metadata = { run: JSON.stringify(runMetadata(record, loose)) };
  const observations = arrangeSpans(record, rootId).map((placed) =>
    describeSpan(record, placed, homes.get(placed.span.span_id) ?? null),
  );
  const [first, ...others] = root ? observations : [standInRoot(record, rootId), ...observations];
  return {
    id: traceId,
    name: root?.name ?? "rag_chat",
    userId,
    sessionId: record.session_id,
    tags: [`kb:${record.kb_prefix}`, `agent:${record.agent_type}`],
    metadata: {
      request_id: record.request_id,
      kb_prefix: record.kb_prefix,
      session_id: record.session_id,
      message: record.message,
    },
    observations: first ? [{ ...first, metadata: { ...first.metadata, ...metadata } }, ...others] : others,
  };
}

/** Finds each section's span; a span holds one section, the root none. What finds no place stays loose. */
function placeSections(record: RunRecord, rootId: string) {
  const free = new Set(record.spans.map(({ span_id }) => span_id));
  free.delete(rootId);
  const homes = new Map<string, Section>();
  const loose: Section[] = [];
  for (const section of listSections(record)) {
    const home = homeOf(section, record.spans);
    if (home !== undefined && free.delete(home)) homes.set(home, section);
    else loose.push(section);
  }
  return { homes, loose };
}

function runMetadata(record: RunRecord, loose: readonly Section[]): RunMetadata {
  const { v, status, started_at, kb_prefix, agent_type, settings } = record;
  const { regenerate_of, replay_of, feedback, citations, performance_metrics } = record;
  return {
    v,
    status,
    started_at,
    kb_prefix,
    agent_type,
    settings,
    regenerate_of,
    replay_of,
    feedback,
    citations,
    performance_metrics,
    loose_sections: loose.map(({ key, index, value }) => ({ key, index, value })),
  };
}

/** A trace needs a root even if the run's own span was lost. */
function standInRoot(record: RunRecord, rootId: string): Observation {
  const { status, started_at, performance_metrics } = record;
  return {
    id: rootId,
    parentObservationId: null,
    name: "rag_chat",
    type: "span",
    startTime: started_at,
    endTime: started_at + (performance_metrics.total_duration_ms ?? 0),
    level: status === "error" ? "ERROR" : status === "success" ? "DEFAULT" : "WARNING",
    statusMessage: status === "success" ? null : status,
    input: record.message,
    output: record.answer,
    metadata: {},
    model: null,
    modelParameters: null,
    usageDetails: null,
    costDetails: null,
    completionStartTime: null,
    prompt: null,
  };
}
