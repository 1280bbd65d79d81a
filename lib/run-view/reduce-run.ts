import type { Generation, RunRecord, Span } from "@/lib/domain/run-record";
import { disabledTraceLink } from "@/lib/domain/trace-link";
import type { RecordedEvent, StampedEvent } from "@/lib/events/run-event";
import { measureRun } from "./measure-run";

type RecordedOf<T extends RecordedEvent["type"]> = Extract<RecordedEvent, { type: T }>;

const noMetrics: RunRecord["performance_metrics"] = {
  total_duration_ms: null,
  routing_duration_ms: null,
  retrieval_duration_ms: null,
  generation_duration_ms: null,
  ttft_ms: null,
  node_count: 0,
  error_count: 0,
  usage: null,
  cost_usd: null,
};

/** A run of which nothing is known yet but its id. */
export function emptyRecord(requestId: string): RunRecord {
  return {
    v: 1,
    request_id: requestId,
    session_id: "",
    status: "running",
    started_at: 0,
    kb_prefix: "auto",
    agent_type: "auto",
    message: "",
    answer: "",
    settings: { model: "", temperature: null, top_k: 0, context_tokens: 0, rerank: false },
    regenerate_of: null,
    replay_of: null,
    feedback: null,
    route_decision: null,
    rag_plan: [],
    rag_runs: [],
    context: null,
    generations: [],
    citations: [],
    spans: [],
    execution_log: [],
    trace: disabledTraceLink,
    performance_metrics: noMetrics,
  };
}

/**
 * Folds one event into the record. Pure; the same code live and later. Events that do not fit what came
 * before (an end without its start) are kept out without an error, since events may be lost.
 */
export function reduceRun(record: RunRecord, event: StampedEvent): RunRecord {
  return reduceEvents(record, [event]);
}

/** Folds many events and measures once; equal to folding them one by one. */
export function reduceEvents(record: RunRecord, events: readonly StampedEvent[]): RunRecord {
  const folded = events.reduce(applyEvent, record);
  return folded === record ? record : { ...folded, performance_metrics: measureRun(folded) };
}

function applyEvent(record: RunRecord, event: StampedEvent): RunRecord {
  switch (event.type) {
    case "run-start":
      return startRun(record, event);
    case "span-start":
      return { ...record, spans: [...record.spans, toRunningSpan(event)] };
    case "span-end":
      return { ...record, spans: updateSpan(record.spans, event) };
    case "route-decision":
      return { ...record, route_decision: event.route_decision, kb_prefix: event.route_decision.kb_prefix };
    case "plan":
      return { ...record, rag_plan: event.rag_plan };
    case "retrieval-result":
      return { ...record, rag_runs: [...record.rag_runs, event.rag_run] };
    case "context":
      return { ...record, context: event.context };
    case "prompt":
      return { ...record, generations: [...record.generations, toRunningGeneration(event)] };
    case "generation-first-token":
      return startGeneration(record, event);
    case "generation-end":
      return endGeneration(record, event);
    case "citations":
      return cite(record, event);
    case "log":
      return { ...record, execution_log: [...record.execution_log, event.entry] };
    case "run-end":
      return endRun(record, event);
    default:
      return ignoreUnknown(record, event);
  }
}

/** A type made by a later version: the compiler proves that none of ours comes here. */
function ignoreUnknown(record: RunRecord, _event: never): RunRecord {
  return record;
}

function startRun(record: RunRecord, event: RecordedOf<"run-start">): RunRecord {
  const { session_id, started_at, kb_prefix, agent_type, message, settings, regenerate_of, replay_of } =
    event;
  return {
    ...record,
    session_id,
    started_at,
    kb_prefix,
    agent_type,
    message,
    settings,
    regenerate_of,
    replay_of,
  };
}

function toRunningSpan({ type: _type, ...start }: RecordedOf<"span-start">): Span {
  const { span_id, parent_span_id, name, kind, offset_ms, input, attributes } = start;
  return {
    span_id,
    parent_span_id,
    name,
    kind,
    status: "running",
    offset_ms,
    duration_ms: null,
    status_message: null,
    input,
    output: null,
    attributes,
  };
}

/** Ends a span. One that did not end well takes what is still open below it along: nothing ends it later. */
function updateSpan(spans: readonly Span[], end: RecordedOf<"span-end">): Span[] {
  const ended = spans.find(({ span_id }) => span_id === end.span_id);
  if (!ended) return [...spans];
  const below = end.status === "ok" ? new Set<string>() : openDescendants(spans, end.span_id);
  const endOffset = ended.offset_ms + end.duration_ms;
  return spans.map((span) => {
    if (below.has(span.span_id)) return closeSpan(span, end.status, endOffset, end.status_message);
    if (span !== ended) return span;
    const { status, duration_ms, status_message, output } = end;
    const attributes = { ...span.attributes, ...end.attributes };
    return { ...span, status, duration_ms, status_message, output, attributes };
  });
}

/** Spans are in order of their start, so parents come before their children. */
function openDescendants(spans: readonly Span[], spanId: string): Set<string> {
  const below = new Set([spanId]);
  for (const span of spans) {
    if (span.parent_span_id && below.has(span.parent_span_id) && span.status === "running")
      below.add(span.span_id);
  }
  below.delete(spanId);
  return below;
}

function closeSpan(span: Span, status: Span["status"], endOffset: number, message: string | null): Span {
  const duration_ms = Math.max(0, endOffset - span.offset_ms);
  return { ...span, status, duration_ms, status_message: message };
}

function toRunningGeneration(event: RecordedOf<"prompt">): Generation {
  const { span_id, name, purpose, model, parameters, messages } = event;
  return {
    span_id,
    name,
    purpose,
    model,
    parameters,
    messages,
    response: "",
    usage: null,
    usage_source: null,
    cost_usd: null,
    ttft_ms: null,
    duration_ms: null,
    finish_reason: null,
  };
}

function updateGeneration(
  generations: readonly Generation[],
  spanId: string,
  patch: Partial<Generation>,
): Generation[] {
  return generations.map((generation) =>
    generation.span_id === spanId ? { ...generation, ...patch } : generation,
  );
}

function endGeneration(record: RunRecord, event: RecordedOf<"generation-end">): RunRecord {
  const { span_id, model, response, usage, usage_source, cost_usd, ttft_ms, duration_ms, finish_reason } =
    event;
  const patch = { model, response, usage, usage_source, cost_usd, ttft_ms, duration_ms, finish_reason };
  return { ...record, generations: updateGeneration(record.generations, span_id, patch) };
}

function cite(record: RunRecord, { citations }: RecordedOf<"citations">): RunRecord {
  if (!record.context) return { ...record, citations };
  const cited = new Set(citations.map((citation) => citation.passage_id));
  const passages = record.context.passages.map((passage) => ({
    ...passage,
    cited: passage.state === "in_prompt" && cited.has(passage.passage_id),
  }));
  return { ...record, citations, context: { ...record.context, passages } };
}

function startGeneration(record: RunRecord, event: RecordedOf<"generation-first-token">): RunRecord {
  const generations = updateGeneration(record.generations, event.span_id, { ttft_ms: event.ttft_ms });
  const metrics = record.performance_metrics;
  const ttft_ms = isAnswer(record, event.span_id) ? (metrics.ttft_ms ?? event.offset_ms) : metrics.ttft_ms;
  return { ...record, generations, performance_metrics: { ...metrics, ttft_ms } };
}

/** Whatever is still open when the run ends (its process died) is closed with the run's own status. */
function endRun(record: RunRecord, event: RecordedOf<"run-end">): RunRecord {
  const status: Span["status"] = event.status === "success" ? "ok" : event.status;
  const message = event.error?.message ?? null;
  return {
    ...record,
    status: event.status,
    answer: event.answer,
    spans: record.spans.map((span) =>
      span.status === "running" ? closeSpan(span, status, event.duration_ms, message) : span,
    ),
    performance_metrics: { ...record.performance_metrics, total_duration_ms: event.duration_ms },
  };
}

function isAnswer(record: RunRecord, spanId: string): boolean {
  return record.generations.some(({ span_id, purpose }) => span_id === spanId && purpose === "answer");
}
