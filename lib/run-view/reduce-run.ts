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

/**
 * Folds many events and measures once; equal to folding them one by one. Takes time for the events alone: a
 * list is copied at most once, and one that no event is about stays the same object.
 */
export function reduceEvents(record: RunRecord, events: readonly StampedEvent[]): RunRecord {
  const draft: Draft = { record: { ...record }, owned: new Set() };
  let known = 0;
  for (const event of events) if (applyEvent(draft, event)) known += 1;
  return known === 0 ? record : { ...draft.record, performance_metrics: measureRun(draft.record) };
}

type ListKey = "spans" | "generations" | "rag_runs" | "execution_log";

/** A record that is being made. The lists in `owned` belong to it alone; the others are still the old record's. */
interface Draft {
  record: RunRecord;
  owned: Set<ListKey>;
}

/** A list of the draft, to be written to. */
function own<K extends ListKey>({ record, owned }: Draft, key: K): RunRecord[K] {
  if (!owned.has(key)) {
    Object.assign(record, { [key]: [...record[key]] });
    owned.add(key);
  }
  return record[key];
}

/** False for a type made by a later version, which changes nothing. */
function applyEvent(draft: Draft, event: StampedEvent): boolean {
  const { record } = draft;
  switch (event.type) {
    case "run-start":
      startRun(record, event);
      return true;
    case "span-start":
      own(draft, "spans").push(toRunningSpan(event));
      return true;
    case "span-end":
      endSpan(draft, event);
      return true;
    case "route-decision":
      record.route_decision = event.route_decision;
      record.kb_prefix = event.route_decision.kb_prefix;
      return true;
    case "plan":
      record.rag_plan = event.rag_plan;
      return true;
    case "retrieval-result":
      own(draft, "rag_runs").push(event.rag_run);
      return true;
    case "context":
      record.context = event.context;
      return true;
    case "prompt":
      own(draft, "generations").push(toRunningGeneration(event));
      return true;
    case "generation-first-token":
      startGeneration(draft, event);
      return true;
    case "generation-end":
      endGeneration(draft, event);
      return true;
    case "citations":
      cite(record, event);
      return true;
    case "log":
      own(draft, "execution_log").push(event.entry);
      return true;
    case "run-end":
      endRun(draft, event);
      return true;
    default:
      return isKnown(event);
  }
}

/** The compiler proves that none of our own types comes here. */
function isKnown(_event: never): boolean {
  return false;
}

function startRun(record: RunRecord, event: RecordedOf<"run-start">): void {
  const { session_id, started_at, kb_prefix, agent_type, message, settings, regenerate_of, replay_of } =
    event;
  Object.assign(record, {
    session_id,
    started_at,
    kb_prefix,
    agent_type,
    message,
    settings,
    regenerate_of,
    replay_of,
  } satisfies Partial<RunRecord>);
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
function endSpan(draft: Draft, end: RecordedOf<"span-end">): void {
  // Spans end soon after they started, as a rule: looked for from the end, the latest ones come first.
  const index = draft.record.spans.findLastIndex(({ span_id }) => span_id === end.span_id);
  const ended = draft.record.spans[index];
  if (!ended) return;
  const spans = own(draft, "spans");
  const { status, duration_ms, status_message, output } = end;
  const attributes = { ...ended.attributes, ...end.attributes };
  spans[index] = { ...ended, status, duration_ms, status_message, output, attributes };
  if (status === "ok") return;
  const below = openDescendants(spans, end.span_id);
  const endOffset = ended.offset_ms + duration_ms;
  closeSpans(spans, (span) => below.has(span.span_id), { status, endOffset, message: status_message });
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

interface Closing {
  status: Span["status"];
  endOffset: number;
  message: string | null;
}

function closeSpans(spans: Span[], isMeant: (span: Span) => boolean, closing: Closing): void {
  for (const [index, span] of spans.entries()) {
    if (!isMeant(span)) continue;
    const duration_ms = Math.max(0, closing.endOffset - span.offset_ms);
    spans[index] = { ...span, status: closing.status, duration_ms, status_message: closing.message };
  }
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

function updateGeneration(draft: Draft, spanId: string, patch: Partial<Generation>): void {
  for (const [index, generation] of draft.record.generations.entries()) {
    if (generation.span_id === spanId) own(draft, "generations")[index] = { ...generation, ...patch };
  }
}

function endGeneration(draft: Draft, event: RecordedOf<"generation-end">): void {
  const { span_id, model, response, usage, usage_source, cost_usd, ttft_ms, duration_ms, finish_reason } =
    event;
  const patch = { model, response, usage, usage_source, cost_usd, ttft_ms, duration_ms, finish_reason };
  updateGeneration(draft, span_id, patch);
}

function cite(record: RunRecord, { citations }: RecordedOf<"citations">): void {
  record.citations = citations;
  if (!record.context) return;
  const cited = new Set(citations.map((citation) => citation.passage_id));
  const passages = record.context.passages.map((passage) => ({
    ...passage,
    cited: passage.state === "in_prompt" && cited.has(passage.passage_id),
  }));
  record.context = { ...record.context, passages };
}

function startGeneration(draft: Draft, event: RecordedOf<"generation-first-token">): void {
  const { record } = draft;
  updateGeneration(draft, event.span_id, { ttft_ms: event.ttft_ms });
  if (!isAnswer(record, event.span_id)) return;
  const metrics = record.performance_metrics;
  record.performance_metrics = { ...metrics, ttft_ms: metrics.ttft_ms ?? event.offset_ms };
}

/** Whatever is still open when the run ends (its process died) is closed with the run's own status. */
function endRun(draft: Draft, event: RecordedOf<"run-end">): void {
  const { record } = draft;
  const status: Span["status"] = event.status === "success" ? "ok" : event.status;
  record.status = event.status;
  record.answer = event.answer;
  record.performance_metrics = { ...record.performance_metrics, total_duration_ms: event.duration_ms };
  const isOpen = (span: Span) => span.status === "running";
  if (!record.spans.some(isOpen)) return;
  const message = event.error?.message ?? null;
  closeSpans(own(draft, "spans"), isOpen, { status, endOffset: event.duration_ms, message });
}

function isAnswer(record: RunRecord, spanId: string): boolean {
  return record.generations.some(({ span_id, purpose }) => span_id === spanId && purpose === "answer");
}
