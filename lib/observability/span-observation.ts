import type { RunRecord, Span } from "@/lib/domain/run-record";
import { type Json, toText } from "./json-text";
import type { Observation, ObservationLevel, ObservationType } from "./observation";
import { describeEmbedding, describeGeneration, noModel, type ObservedModel } from "./observed-model";
import { type SpanMetadata, toOwnValue } from "./record-metadata";
import { packSection, type Section } from "./record-sections";
import type { PlacedSpan } from "./span-tree";

/** Attributes of a span beyond this number are kept in `metadata.span` only. */
const MAX_SHOWN_ATTRIBUTES = 32;

/** The text that an observation shows in the place of the span's own value, and what only repeats it. */
interface Shown {
  text: string;
  echoes: readonly Json[];
}

interface SpanView {
  input: Shown | null;
  output: Shown | null;
  /** Further metadata. */
  metadata: Record<string, string>;
  /** The agent's error that its span does not tell. */
  error: string | null;
  model: ObservedModel;
}

/** One span of the record as an observation, with the section of the record that belongs to it. */
export function describeSpan(record: RunRecord, placed: PlacedSpan, section: Section | null): Observation {
  const { span, index, parentId } = placed;
  const startTime = record.started_at + span.offset_ms;
  const view = parentId === null ? viewRoot(record) : viewSection(span, section, startTime);
  return {
    id: span.span_id,
    parentObservationId: parentId,
    name: span.name,
    type: typeOf(span),
    startTime,
    endTime: startTime + durationMs(span, record),
    ...severity(span, view.error),
    input: view.input ? view.input.text : toText(span.input),
    output: view.output ? view.output.text : toText(span.output),
    metadata: {
      ...shownAttributes(span),
      ...view.metadata,
      span: JSON.stringify(spanMetadata(span, index, view)),
    },
    ...view.model,
  };
}

function spanMetadata(span: Span, index: number, view: SpanView): SpanMetadata {
  const { parent_span_id, kind, status, offset_ms, duration_ms, status_message, attributes } = span;
  return {
    index,
    parent_span_id,
    kind,
    status,
    offset_ms,
    duration_ms,
    status_message,
    attributes,
    ...(view.input && { input: toOwnValue(span.input, view.input.echoes) }),
    ...(view.output && { output: toOwnValue(span.output, view.output.echoes) }),
  };
}

function viewRoot({ message, answer }: RunRecord): SpanView {
  return {
    input: { text: message, echoes: [message] },
    output: { text: answer, echoes: [answer] },
    metadata: {},
    error: null,
    model: noModel,
  };
}

function viewSection(span: Span, section: Section | null, startTime: number): SpanView {
  if (!section) {
    const model = span.kind === "embedding" ? describeEmbedding(span) : noModel;
    return { input: null, output: null, metadata: {}, error: null, model };
  }
  const { input, output, rest, echoes } = packSection(section);
  const { key, index } = section;
  return {
    input: input === null ? null : { text: input, echoes: [] },
    output: { text: output, echoes },
    metadata: { ...shownFacts(section), section: JSON.stringify({ key, index, rest }) },
    error: section.key === "rag_runs" ? section.value.error : null,
    model: section.key === "generations" ? describeGeneration(section.value, span, startTime) : noModel,
  };
}

/** What Langfuse's filters should find. */
function shownFacts(section: Section): Record<string, string> {
  if (section.key === "rag_runs") {
    const { agent_type, retrieval_count, error } = section.value;
    return { agent_type, retrieval_count: String(retrieval_count), ...(error !== null && { error }) };
  }
  if (section.key !== "generations") return {};
  const { purpose, usage_source, finish_reason } = section.value;
  return { purpose, ...(usage_source && { usage_source }), ...(finish_reason !== null && { finish_reason }) };
}

function shownAttributes({ attributes }: Span): Record<string, string> {
  const plain = Object.entries(attributes).filter(([, value]) => value !== null && typeof value !== "object");
  return Object.fromEntries(plain.slice(0, MAX_SHOWN_ATTRIBUTES).map(([key, value]) => [key, String(value)]));
}

/** The agents' own searches below `rag_retrieval` are spans: one retriever per agent. */
function typeOf({ kind, name }: Span): ObservationType {
  if (kind === "generation" || kind === "embedding") return kind;
  return kind === "retriever" && name === "rag_retrieval" ? "retriever" : "span";
}

/** A span that never ended is drawn to the run's end. */
function durationMs({ duration_ms, offset_ms }: Span, { performance_metrics }: RunRecord): number {
  return duration_ms ?? Math.max(0, (performance_metrics.total_duration_ms ?? 0) - offset_ms);
}

function severity(
  { status, status_message }: Span,
  error: string | null,
): { level: ObservationLevel; statusMessage: string | null } {
  if (status === "error" || error !== null) return { level: "ERROR", statusMessage: status_message ?? error };
  if (status === "aborted") return { level: "WARNING", statusMessage: status_message ?? "aborted" };
  if (status === "running") return { level: "WARNING", statusMessage: "unfinished" };
  return { level: "DEFAULT", statusMessage: status_message };
}
