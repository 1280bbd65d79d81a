import fc from "fast-check";
import { agentTypeSchema } from "@/lib/domain/agent";
import { RETRIEVER_AGENTS } from "@/lib/domain/agent-names";
import {
  dropReasonSchema,
  type Generation,
  generationPurposeSchema,
  type RunRecord,
  retrievalMethodSchema,
  routeMethodSchema,
  type Span,
  spanKindSchema,
} from "@/lib/domain/run-record";
import { disabledTraceLink } from "@/lib/domain/trace-link";
import type { Json } from "./json-text";

/** Any record that the pipeline, a crash or an import may leave behind; for property tests. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "如何报销差旅费？",
    "42",
    '"quoted"',
    '{"a":1}',
    "null",
    "",
    " ",
    "•••",
    "👩‍🚀 line\nbreak",
  ),
);
/** No `-0`, which JSON does not keep, and no `__proto__`, which zod drops. */
const json = fc
  .jsonValue({ maxDepth: 3 })
  .map((value): Json => JSON.parse(JSON.stringify(value).replaceAll("__proto__", "proto")));
const millis = fc.integer({ min: 0, max: 600_000_000 }).map((micros) => micros / 1000);
const tokens = fc.nat(200_000);
const share = fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs);
const amount = fc.double({ min: 0, max: 1e6, noNaN: true }).map(Math.abs);
const spanId = fc.stringMatching(/^[0-9a-f]{15}[1-9a-f]$/);
const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const key = fc.string({ minLength: 1 }).filter((name) => name !== "__proto__");
const attributes = fc.dictionary(key, json, { maxKeys: 5, noNullPrototype: true });
const usage = fc.record({ prompt_tokens: tokens, completion_tokens: tokens, total_tokens: tokens });

const routeDecision = (span_id: string) =>
  fc.record({
    span_id: fc.constant(span_id),
    requested_kb_prefix: text,
    kb_prefix: text,
    worker_name: text,
    confidence: share,
    threshold: share,
    method: fc.constantFrom(...routeMethodSchema.options),
    reason: text,
    query: text,
    alternatives: fc.array(fc.record({ kb_prefix: text, confidence: share }), { maxLength: 3 }),
    signals: fc.array(fc.record({ term: text, kb_prefix: text, weight: amount }), { maxLength: 3 }),
    duration_ms: millis,
  });

const planEntry = fc.record({
  agent_type: fc.constantFrom(...RETRIEVER_AGENTS),
  top_k: fc.nat(50),
  timeout_ms: millis,
});

const retrievedPassage = fc.record({
  passage_id: text,
  document_id: text,
  title: text,
  heading: text,
  rank: fc.nat(100),
  relevance: nullable(share),
  text,
});

const ragRun = (span_id: string) =>
  fc.record({
    span_id: fc.constant(span_id),
    agent_type: fc.constantFrom(...RETRIEVER_AGENTS),
    query: text,
    retrieval_count: fc.nat(100),
    duration_ms: millis,
    attempts: fc.nat(3),
    error: nullable(text),
    context_length: fc.nat(100_000),
    methods: fc.subarray([...retrievalMethodSchema.options]),
    results: fc.array(retrievedPassage, { maxLength: 4 }),
  });

const byAgent = (value: fc.Arbitrary<number>) =>
  fc.dictionary(fc.constantFrom(...RETRIEVER_AGENTS), value, { noNullPrototype: true });

const contextPassage = fc.record({
  passage_id: text,
  n: nullable(fc.nat(20)),
  position: fc.nat(50),
  fused_score: amount,
  relevance: nullable(share),
  tokens,
  ranks: byAgent(fc.nat(50)),
  state: fc.constantFrom("in_prompt" as const, "dropped" as const),
  reason: nullable(fc.constantFrom(...dropReasonSchema.options)),
  cited: fc.boolean(),
});

const context = (span_id: string) =>
  fc.record({
    span_id: fc.constant(span_id),
    budget_tokens: tokens,
    used_tokens: tokens,
    retrieved: fc.nat(100),
    unique: fc.nat(100),
    fusion: fc.record({ method: fc.constant("rrf" as const), k: fc.nat(100), weights: byAgent(amount) }),
    passages: fc.array(contextPassage, { maxLength: 5 }),
  });

const promptMessage = fc.record({
  role: fc.constantFrom("system" as const, "user" as const, "assistant" as const),
  content: text,
  tokens,
  parts: fc.array(
    fc.record({
      origin: fc.constantFrom("system" as const, "memory" as const, "context" as const, "question" as const),
      passage_id: nullable(text),
      start: fc.nat(1000),
      end: fc.nat(1000),
      tokens,
    }),
    { maxLength: 3 },
  ),
});

const generation = (span_id: string): fc.Arbitrary<Generation> =>
  fc.record({
    span_id: fc.constant(span_id),
    name: text,
    purpose: fc.constantFrom(...generationPurposeSchema.options),
    model: text,
    parameters: attributes,
    messages: fc.array(promptMessage, { maxLength: 3 }),
    response: text,
    usage: nullable(usage),
    usage_source: nullable(fc.constantFrom("provider" as const, "estimated" as const)),
    cost_usd: nullable(amount),
    ttft_ms: nullable(millis),
    duration_ms: nullable(millis),
    finish_reason: nullable(text),
  });

const span = (span_id: string, others: readonly string[]): fc.Arbitrary<Span> =>
  fc.record({
    span_id: fc.constant(span_id),
    parent_span_id: nullable(fc.constantFrom(...others, "00000000000000ff")),
    name: fc.constantFrom("rag_chat", "route_decision", "rag_retrieval", "bm25_search", "llm_generation"),
    kind: fc.constantFrom(...spanKindSchema.options),
    status: fc.constantFrom("running" as const, "ok" as const, "error" as const, "aborted" as const),
    offset_ms: millis,
    duration_ms: nullable(millis),
    status_message: nullable(text),
    input: json,
    output: json,
    attributes,
  });

const wholeRecord = (ids: readonly string[]): fc.Arbitrary<RunRecord> => {
  const some = fc.subarray([...ids]);
  const one = fc.constantFrom(...ids, "00000000000000ee");
  return fc.record({
    v: fc.constant(1 as const),
    request_id: fc.uuid(),
    session_id: fc.uuid(),
    status: fc.constantFrom("running" as const, "success" as const, "error" as const, "aborted" as const),
    started_at: fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }),
    kb_prefix: text,
    agent_type: fc.constantFrom(...agentTypeSchema.options),
    message: text,
    answer: text,
    settings: fc.record({
      model: text,
      temperature: nullable(share),
      top_k: fc.nat(50),
      context_tokens: tokens,
      rerank: fc.boolean(),
    }),
    regenerate_of: nullable(fc.uuid()),
    replay_of: nullable(fc.uuid()),
    feedback: nullable(
      fc.record({
        value: fc.constantFrom("up" as const, "down" as const),
        reasons: fc.subarray(["wrong" as const, "source" as const]),
        comment: nullable(text),
        at: fc.nat(),
      }),
    ),
    route_decision: nullable(one.chain(routeDecision)),
    rag_plan: fc.array(planEntry, { maxLength: 3 }),
    rag_runs: some.chain((homes) => fc.tuple(...homes.map(ragRun))),
    context: nullable(one.chain(context)),
    generations: some.chain((homes) => fc.tuple(...homes.map(generation))),
    citations: fc.array(
      fc.record({
        n: fc.nat(20),
        passage_id: text,
        sentence: text,
        start: fc.nat(999),
        end: fc.nat(999),
        support: nullable(share),
      }),
      { maxLength: 3 },
    ),
    spans: some.chain((homes) => fc.tuple(...homes.map((id) => span(id, ids)))),
    execution_log: fc.constant([]),
    performance_metrics: fc.record({
      total_duration_ms: nullable(millis),
      routing_duration_ms: nullable(millis),
      retrieval_duration_ms: nullable(millis),
      generation_duration_ms: nullable(millis),
      ttft_ms: nullable(millis),
      node_count: fc.nat(),
      error_count: fc.nat(),
      usage: nullable(usage),
      cost_usd: nullable(amount),
    }),
    trace: fc.constant(disabledTraceLink),
  });
};

export const arbitraryRecord: fc.Arbitrary<RunRecord> = fc
  .uniqueArray(spanId, { minLength: 1, maxLength: 8 })
  .chain(wholeRecord);
