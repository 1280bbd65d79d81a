import fc from "fast-check";
import type { Span } from "@/lib/domain/run-record";

const spanId = fc.integer({ min: 0, max: 12 }).map((number) => number.toString(16).padStart(16, "0"));

/** Spans as a damaged record might hold them: parents missing, repeated, in circles; no order at all. */
export const anySpans: fc.Arbitrary<Span[]> = fc.array(
  fc.record<Span>({
    span_id: spanId,
    parent_span_id: fc.option(spanId),
    name: fc.constantFrom("rag_chat", "rag_retrieval", "llm_generation"),
    kind: fc.constantFrom("request", "retriever", "generation", "context", "embedding"),
    status: fc.constantFrom("running", "ok", "error", "aborted"),
    offset_ms: fc.double({ min: 0, max: 5000, noNaN: true }),
    duration_ms: fc.option(fc.double({ min: 0, max: 5000, noNaN: true })),
    status_message: fc.constant(null),
    input: fc.constant(null),
    output: fc.constant(null),
    attributes: fc.constant({}),
  }),
  { maxLength: 14 },
);
