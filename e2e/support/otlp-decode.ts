import type { Observation, RunTrace } from "@/lib/observability/observation";
import { type OtlpSpan, toValue } from "./otlp-request";

/** A trace as Langfuse would keep it after taking its spans. */
export interface ReceivedTrace extends RunTrace {
  environment: string | null;
  release: string | null;
  observations: Observation[];
}

/** What one span says: its observation, and the trace's attributes on it. */
export interface ReceivedSpan {
  trace: Omit<ReceivedTrace, "observations">;
  observation: Observation;
}

type Attributes = ReadonlyMap<string, unknown>;

/** Reads a span by Langfuse's attribute names, as its ingestion does. Throws at a malformed one. */
export function decodeSpan(span: OtlpSpan): ReceivedSpan {
  const attributes: Attributes = new Map(span.attributes.map(({ key, value }) => [key, toValue(value)]));
  return { trace: readTrace(span.traceId, attributes), observation: readObservation(span, attributes) };
}

function readTrace(id: string, attributes: Attributes): ReceivedSpan["trace"] {
  const tags = attributes.get("langfuse.trace.tags");
  return {
    id,
    name: text(attributes, "langfuse.trace.name") ?? "",
    userId: text(attributes, "user.id"),
    sessionId: text(attributes, "session.id"),
    tags: Array.isArray(tags) ? tags.map(String) : [],
    metadata: readMetadata(attributes, "langfuse.trace.metadata."),
    environment: text(attributes, "langfuse.environment"),
    release: text(attributes, "langfuse.release"),
  };
}

function readObservation(span: OtlpSpan, attributes: Attributes): Observation {
  const get = (name: string) => text(attributes, `langfuse.observation.${name}`);
  const completionStart = get("completion_start_time");
  return {
    id: span.spanId,
    parentObservationId: span.parentSpanId ?? null,
    name: span.name,
    type: readType(get("type")),
    startTime: toMillis(span.startTimeUnixNano),
    endTime: toMillis(span.endTimeUnixNano),
    level: readLevel(get("level")),
    statusMessage: get("status_message"),
    input: get("input"),
    output: get("output"),
    metadata: readMetadata(attributes, "langfuse.observation.metadata."),
    model: get("model.name"),
    modelParameters: readJson(get("model.parameters")),
    usageDetails: readJson(get("usage_details")),
    costDetails: readJson(get("cost_details")),
    completionStartTime: completionStart === null ? null : Date.parse(JSON.parse(completionStart)),
    prompt: readPrompt(get("prompt.name"), get("prompt.version")),
  };
}

function readPrompt(name: string | null, version: string | null): Observation["prompt"] {
  return name === null || version === null ? null : { name, version: Number(version) };
}

function text(attributes: Attributes, name: string): string | null {
  const value = attributes.get(name);
  return value === undefined || value === null ? null : String(value);
}

function readMetadata(attributes: Attributes, prefix: string): Record<string, string> {
  return Object.fromEntries(
    [...attributes]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), String(value)]),
  );
}

function readJson<T>(json: string | null): T | null {
  return json === null ? null : JSON.parse(json);
}

function readType(type: string | null): Observation["type"] {
  return type === "generation" || type === "embedding" || type === "retriever" ? type : "span";
}

function readLevel(level: string | null): Observation["level"] {
  return level === "WARNING" || level === "ERROR" ? level : "DEFAULT";
}

/** Nanoseconds as milliseconds, exact to the microsecond. */
function toMillis(nanos: string): number {
  return Number(BigInt(nanos) / 1000n) / 1000;
}
