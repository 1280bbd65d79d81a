import fc from "fast-check";
import type { Span } from "@/lib/domain/run-record";
import type { RecordedEvent, StampedEvent } from "@/lib/events/run-event";
import type { RunHead, RunSummary } from "./run-store";

/** Data of invented runs, for tests. */
export function sampleHead(request_id: string, changes: Partial<RunHead> = {}): RunHead {
  return {
    request_id,
    session_id: "session-1",
    status: "running",
    started_at: 1000,
    truncated: 0,
    dropped: 0,
    payloads: [],
    ...changes,
  };
}

export function sampleSummary(request_id: string, changes: Partial<RunSummary> = {}): RunSummary {
  return {
    request_id,
    session_id: "session-1",
    started_at: 1000,
    status: "success",
    message: "How do I rotate keys?",
    answer: "With the rotate command [1].",
    kb_prefix: "handbook",
    agents: ["naive_rag_agent"],
    model: "offline",
    total_duration_ms: 1200,
    total_tokens: 300,
    cost_usd: 0,
    ...changes,
  };
}

/** Log events with the seqs from `first` to `last`. */
export function sampleEvents(requestId: string, first: number, last: number): StampedEvent[] {
  return Array.from({ length: last - first + 1 }, (_, i) => sampleEvent(requestId, first + i));
}

export function sampleEvent(request_id: string, seq: number): StampedEvent {
  const entry = {
    span_id: "00000000000000aa",
    node: "rag_retrieval",
    node_type: "retriever" as const,
    offset_ms: seq,
    duration_ms: null,
    level: "info" as const,
    message: `step ${seq}`,
    input: null,
    output: null,
    error: null,
  };
  return { type: "log", entry, v: 1, request_id, seq, at: 1000 + seq };
}

/** As JSON knows it: no -0, no `__proto__`. */
const jsonArbitrary = fc
  .jsonValue({ maxDepth: 2 })
  .filter((value) => !JSON.stringify(value).includes("__proto__"))
  .map((value): Span["input"] => JSON.parse(JSON.stringify(value)));
const spanId = fc.stringMatching(/^[0-9a-f]{16}$/);
const text = fc.string({ unit: "binary", maxLength: 40 }).map((value) => value.toWellFormed());
const milliseconds = fc.nat({ max: 1e9 }).map((value) => value / 1000);
const attributes = fc.record({ model: jsonArbitrary, count: jsonArbitrary });

const eventArbitrary: fc.Arbitrary<RecordedEvent> = fc.oneof(
  fc.record({
    type: fc.constant("span-start" as const),
    span_id: spanId,
    parent_span_id: fc.option(spanId),
    name: text,
    kind: fc.constantFrom("request", "retriever", "generation"),
    offset_ms: milliseconds,
    input: jsonArbitrary,
    attributes,
  }),
  fc.record({
    type: fc.constant("span-end" as const),
    span_id: spanId,
    status: fc.constantFrom("ok", "error", "aborted"),
    status_message: fc.option(text),
    duration_ms: milliseconds,
    output: jsonArbitrary,
    attributes,
  }),
  fc.record({
    type: fc.constant("generation-end" as const),
    span_id: spanId,
    model: text,
    response: text,
    usage: fc.option(
      fc.record({ prompt_tokens: fc.nat(), completion_tokens: fc.nat(), total_tokens: fc.nat() }),
    ),
    usage_source: fc.option(fc.constantFrom("provider", "estimated")),
    cost_usd: fc.option(milliseconds),
    ttft_ms: fc.option(milliseconds),
    duration_ms: milliseconds,
    finish_reason: text,
  }),
  fc.record({
    type: fc.constant("run-end" as const),
    status: fc.constantFrom("success", "error", "aborted"),
    finish_reason: fc.constantFrom("stop", "length", "aborted", "error"),
    duration_ms: milliseconds,
    answer: text,
    error: fc.option(
      fc.record({ code: fc.constant("internal" as const), message: text, retryable: fc.boolean() }),
    ),
  }),
);

/** Any events of one run, numbered from 1. */
export function eventsArbitrary(request_id: string): fc.Arbitrary<StampedEvent[]> {
  return fc
    .array(eventArbitrary, { minLength: 1, maxLength: 12 })
    .map((events) => events.map((event, i) => ({ ...event, v: 1, request_id, seq: i + 1, at: 1000 + i })));
}
