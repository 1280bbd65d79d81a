import type { RetrieverAgent } from "@/lib/domain/agent-names";
import type { RunRecord } from "@/lib/domain/run-record";
import type { StampedEvent } from "@/lib/events/run-event";
import { samplePassages, sampleRanking, sampleResults } from "./passages.fixture";
import { emptyRecord, reduceEvents } from "./reduce-run";
import { sampleMessages, sampleQuestion, whole } from "./sample-prompt.fixture";
import { agentSpan, id, sampleLog, sampleQuery, sampleSpanEvents, type Timed } from "./sample-spans.fixture";

export const sampleRequestId = "7f3ac21e-0000-7000-8000-000000000003";
const startedAt = 1_752_676_328_000;
const answer =
  "Create the new key first, move traffic, then retire the old one. Both keys stay valid for a **24-hour grace period** by default.[1]\n\nWatch `last_used_at` until the old key goes quiet.[2] The command is `harbor keys rotate`.[3] Enterprise allows 30 days.[4]";

function retrieval(type: RetrieverAgent, at: number, duration_ms: number, attempts: number): Timed {
  const results = sampleResults(type);
  const methods = {
    naive_rag_agent: ["vector_search"],
    hybrid_agent: ["bm25_search", "vector_search", "rerank"],
    graph_agent: ["entity_linking", "graph_rank"],
  } as const;
  const rag_run = {
    span_id: agentSpan[type],
    agent_type: type,
    query: sampleQuery,
    retrieval_count: results.length,
    duration_ms,
    attempts,
    error: null,
    context_length: results.reduce((sum, { text }) => sum + text.length, 0),
    methods: [...methods[type]],
    results,
  };
  return [at, { type: "retrieval-result", rag_run }];
}

const routeUsage = { prompt_tokens: 212, completion_tokens: 18, total_tokens: 230 };
const answerUsage = { prompt_tokens: 1800, completion_tokens: 350, total_tokens: 2150 };

const timed: readonly Timed[] = [
  [
    0,
    {
      type: "run-start",
      session_id: "0197f000-0000-7000-8000-000000000001",
      started_at: startedAt,
      kb_prefix: "auto",
      agent_type: "auto",
      message: sampleQuestion,
      settings: { model: "gpt-4o", temperature: 0.2, top_k: 6, context_tokens: 1600, rerank: true },
      regenerate_of: null,
      replay_of: null,
    },
  ],
  ...sampleSpanEvents,
  [
    9,
    {
      type: "prompt",
      span_id: id("03"),
      name: "route_model",
      purpose: "route",
      model: "gpt-4o-mini",
      parameters: { temperature: 0 },
      messages: [
        whole("system", "Choose the knowledge base.", "system", 180),
        whole("user", sampleQuestion, "question", 32),
      ],
    },
  ],
  [
    92,
    {
      type: "generation-end",
      span_id: id("03"),
      model: "gpt-4o-mini",
      response: '{"kb_prefix":"product","confidence":0.93}',
      usage: routeUsage,
      usage_source: "provider",
      cost_usd: 0.00004,
      ttft_ms: null,
      duration_ms: 83,
      finish_reason: "stop",
    },
  ],
  [
    96,
    {
      type: "route-decision",
      route_decision: {
        span_id: id("02"),
        requested_kb_prefix: "auto",
        kb_prefix: "product",
        worker_name: "product:auto",
        confidence: 0.93,
        threshold: 0.6,
        method: "llm",
        reason:
          "Asks about rotating API keys and their validity, a product feature. The engineering runbooks cover internal credentials only.",
        query: sampleQuery,
        alternatives: [
          { kb_prefix: "product", confidence: 0.93 },
          { kb_prefix: "engineering", confidence: 0.41 },
          { kb_prefix: "hr", confidence: 0.04 },
          { kb_prefix: "legal", confidence: 0.02 },
        ],
        signals: [
          { term: "api key", kb_prefix: "product", weight: 0.2 },
          { term: "rotate", kb_prefix: "product", weight: 0.08 },
          { term: "downtime", kb_prefix: "product", weight: 0.04 },
          { term: "rotate", kb_prefix: "engineering", weight: 0.11 },
        ],
        duration_ms: 92,
      },
    },
  ],
  [
    131,
    {
      type: "plan",
      span_id: id("04"),
      rag_plan: (["naive_rag_agent", "hybrid_agent", "graph_agent"] as const).map((agent_type) => ({
        agent_type,
        top_k: 6,
        timeout_ms: 8000,
      })),
    },
  ],
  retrieval("naive_rag_agent", 290, 156, 1),
  retrieval("hybrid_agent", 368, 233, 1),
  retrieval("graph_agent", 402, 266, 2),
  [
    452,
    {
      type: "context",
      context: {
        span_id: id("05"),
        budget_tokens: 1600,
        used_tokens: 1502,
        retrieved: 14,
        unique: 10,
        fusion: { method: "rrf", k: 60 },
        passages: sampleRanking(),
      },
    },
  ],
  [
    455,
    {
      type: "prompt",
      span_id: id("06"),
      name: "llm_generation",
      purpose: "answer",
      model: "gpt-4o",
      parameters: { temperature: 0.2, top_p: 1, max_tokens: 1024, stream: true },
      messages: sampleMessages(),
    },
  ],
  [640, { type: "generation-first-token", span_id: id("06"), ttft_ms: 185, offset_ms: 640 }],
  [
    3204,
    {
      type: "generation-end",
      span_id: id("06"),
      model: "gpt-4o",
      response: answer,
      usage: answerUsage,
      usage_source: "provider",
      cost_usd: 0.008,
      ttft_ms: 185,
      duration_ms: 2749,
      finish_reason: "stop",
    },
  ],
  [
    3206,
    {
      type: "citations",
      citations: samplePassages.slice(0, 4).map((passage, index) => {
        const start = answer.indexOf(`[${index + 1}]`);
        return { n: index + 1, passage_id: passage.id, sentence: "", start, end: start + 3, support: null };
      }),
    },
  ],
  ...sampleLog,
  [
    3210,
    { type: "run-end", status: "success", finish_reason: "stop", duration_ms: 3210, answer, error: null },
  ],
];

/** All events of one request: three agents, one of them retried, eight of ten passages in the prompt. */
export const sampleEvents: readonly StampedEvent[] = timed
  .toSorted(([a], [b]) => a - b)
  .map(([offset, event], index) => ({
    ...event,
    v: 1,
    request_id: sampleRequestId,
    seq: index + 1,
    at: startedAt + offset,
  }));

/** The record as far as the first `count` events tell it; all of them when left out. */
export function sampleRecord(count = sampleEvents.length): RunRecord {
  return reduceEvents(emptyRecord(sampleRequestId), sampleEvents.slice(0, count));
}
