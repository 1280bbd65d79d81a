import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PromptMessage, runRecordSchema, type Span } from "@/lib/domain/run-record";
import { parseStampedEvent, type RecordedEvent, type StampedEvent } from "@/lib/events/run-event";
import { createStamper } from "@/lib/events/stamp";
import { emptyRecord, reduceEvents, reduceRun } from "./reduce-run";

const span = (n: number) => n.toString(16).padStart(16, "0");
const spanId = fc.integer({ min: 1, max: 6 }).map(span);
/** As zod reads it: no -0, no `__proto__`. */
const json = fc
  .jsonValue({ maxDepth: 2 })
  .map((value): Span["input"] => JSON.parse(JSON.stringify(value).replaceAll("__proto__", "proto")));
const ms = fc.integer({ min: 0, max: 5000 });

const eventArbitrary: fc.Arbitrary<RecordedEvent> = fc.oneof(
  fc.record({
    type: fc.constant("run-start" as const),
    session_id: fc.uuid(),
    started_at: fc.nat(),
    kb_prefix: fc.string(),
    agent_type: fc.constant("auto" as const),
    message: fc.string(),
    settings: fc.constant({ model: "m", temperature: null, top_k: 8, context_tokens: 100, rerank: false }),
    regenerate_of: fc.constant(null),
    replay_of: fc.constant(null),
  }),
  fc.record({
    type: fc.constant("span-start" as const),
    span_id: spanId,
    parent_span_id: fc.option(spanId),
    name: fc.constantFrom("rag_chat", "route_decision", "rag_retrieval", "llm_generation"),
    kind: fc.constantFrom("request" as const, "route" as const, "retriever" as const, "generation" as const),
    offset_ms: ms,
    input: json,
    attributes: fc.constant({}),
  }),
  fc.record({
    type: fc.constant("span-end" as const),
    span_id: spanId,
    status: fc.constantFrom("ok" as const, "error" as const, "aborted" as const),
    status_message: fc.option(fc.string()),
    duration_ms: ms,
    output: json,
    attributes: fc.constant({}),
  }),
  fc.record({
    type: fc.constant("prompt" as const),
    span_id: spanId,
    name: fc.constant("llm_generation"),
    purpose: fc.constantFrom("answer" as const, "route" as const),
    model: fc.constant("m"),
    parameters: fc.constant({}),
    messages: fc.constant<PromptMessage[]>([]),
  }),
  fc.record({
    type: fc.constant("generation-first-token" as const),
    span_id: spanId,
    ttft_ms: ms,
    offset_ms: ms,
  }),
  fc.record({
    type: fc.constant("generation-end" as const),
    span_id: spanId,
    model: fc.constant("m"),
    response: fc.string(),
    usage: fc.option(fc.constant({ prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 })),
    usage_source: fc.constant("provider" as const),
    cost_usd: fc.option(fc.integer({ min: 0, max: 9 })),
    ttft_ms: fc.option(ms),
    duration_ms: ms,
    finish_reason: fc.constant("stop"),
  }),
  fc.record({
    type: fc.constant("run-end" as const),
    status: fc.constantFrom("success" as const, "error" as const, "aborted" as const),
    finish_reason: fc.constant("stop" as const),
    duration_ms: ms,
    answer: fc.string(),
    error: fc.constant(null),
  }),
);

const runArbitrary = fc.array(eventArbitrary, { maxLength: 40 }).map((events) => {
  const stamp = createStamper("r", 0, () => 0);
  return events.map(stamp);
});

describe("folding a run", () => {
  it("folds any prefix of any events into a valid record without throwing", () => {
    fc.assert(
      fc.property(runArbitrary, fc.nat(), (events, cut) => {
        const record = reduceEvents(emptyRecord("r"), events.slice(0, cut % (events.length + 1)));
        expect(runRecordSchema.safeParse(record).error?.issues ?? []).toEqual([]);
      }),
    );
  });

  it("gives the same view live, in batches of any size, and later in one go", () => {
    fc.assert(
      fc.property(runArbitrary, fc.integer({ min: 1, max: 7 }), (events, size) => {
        const oneByOne = events.reduce(reduceRun, emptyRecord("r"));
        let batched = emptyRecord("r");
        for (let from = 0; from < events.length; from += size) {
          batched = reduceEvents(batched, events.slice(from, from + size));
        }
        const later = events.map((event) => parseStampedEvent(JSON.parse(JSON.stringify(event))));
        expect(batched).toEqual(oneByOne);
        expect(reduceEvents(emptyRecord("r"), later)).toEqual(JSON.parse(JSON.stringify(oneByOne)));
      }),
    );
  });

  it("leaves the record before as it was, and lists that no event is about the same objects", () => {
    fc.assert(
      fc.property(runArbitrary, fc.nat(), (events, cut) => {
        const at = cut % (events.length + 1);
        const before = reduceEvents(emptyRecord("r"), events.slice(0, at));
        const copy = structuredClone(before);
        const after = reduceEvents(before, events.slice(at));
        expect(before).toEqual(copy);
        const types = new Set(events.slice(at).map(({ type }) => type));
        if (!types.has("log")) expect(after.execution_log).toBe(before.execution_log);
      }),
    );
  });

  it("leaves no span running after the run's end", () => {
    fc.assert(
      fc.property(runArbitrary, (events) => {
        const stamp = createStamper("r", 0, () => 0);
        const end = {
          type: "run-end",
          status: "error",
          finish_reason: "error",
          duration_ms: 9,
          answer: "",
          error: null,
        } as const;
        const record = reduceEvents(emptyRecord("r"), [...events, stamp(end)]);
        expect(record.spans.filter(({ status }) => status === "running")).toEqual([]);
      }),
    );
  });

  it("ignores a type that a later version made", () => {
    const later = { type: "confetti", v: 1, request_id: "r", seq: 1, at: 0 } as unknown as StampedEvent;
    expect(reduceRun(emptyRecord("r"), later)).toEqual(emptyRecord("r"));
  });

  it("makes a sum with an unknown part unknown, and 0 only of zeros", () => {
    const stamp = createStamper("r", 0, () => 0);
    const call = (id: number, cost_usd: number | null): RecordedEvent[] => [
      {
        type: "prompt",
        span_id: span(id),
        name: "g",
        purpose: "answer",
        model: "m",
        parameters: {},
        messages: [],
      },
      {
        type: "generation-end",
        span_id: span(id),
        model: "m",
        response: "",
        usage: null,
        usage_source: null,
        cost_usd,
        ttft_ms: null,
        duration_ms: 1,
        finish_reason: "stop",
      },
    ];
    const cost = (...costs: (number | null)[]) =>
      reduceEvents(emptyRecord("r"), costs.flatMap((value, id) => call(id + 1, value)).map(stamp))
        .performance_metrics.cost_usd;
    expect(cost(1, 2)).toBe(3);
    expect(cost(1, null)).toBeNull();
    expect(cost(0)).toBe(0);
    expect(cost()).toBeNull();
  });
});
