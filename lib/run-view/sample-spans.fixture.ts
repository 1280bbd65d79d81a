import type { RetrieverAgent } from "@/lib/domain/agent-names";
import type { LogLevel, Span, SpanKind } from "@/lib/domain/run-record";
import type { RecordedEvent } from "@/lib/events/run-event";
import { sampleResults } from "./passages.fixture";

/** An event and when it happened, in ms since the run's start. */
export type Timed = readonly [offsetMs: number, event: RecordedEvent];

export const sampleQuery = "rotate API key without downtime old key validity";

interface SampleSpan {
  id: string;
  parent: string | null;
  kind: SpanKind;
  name: string;
  from: number;
  to: number;
  output?: Span["output"];
  attributes?: Span["attributes"];
  error?: string;
}

/** The span of each agent's search. */
export const agentSpan: Record<RetrieverAgent, string> = {
  naive_rag_agent: id("a1"),
  hybrid_agent: id("a2"),
  graph_agent: id("a3"),
};

/** A span id out of a short name. */
export function id(suffix: string): string {
  return suffix.padStart(16, "0");
}

function agent(type: RetrieverAgent, from: number, to: number): SampleSpan {
  const output = {
    results: sampleResults(type).map(({ passage_id, rank, title }) => ({ rank, passage_id, title })),
  };
  const attributes = { agent_type: type, retrieval_count: output.results.length, attempts: 1 };
  const parent = id("01");
  return {
    id: agentSpan[type],
    parent,
    kind: "retriever",
    name: "rag_retrieval",
    from,
    to,
    output,
    attributes,
  };
}

const inner = (
  suffix: string,
  of: RetrieverAgent,
  name: string,
  from: number,
  to: number,
  more = {},
): SampleSpan => ({
  id: id(suffix),
  parent: agentSpan[of],
  kind: name === "query_embedding" ? "embedding" : "retriever",
  name,
  from,
  to,
  ...more,
});

const spans: readonly SampleSpan[] = [
  { id: id("01"), parent: null, kind: "request", name: "rag_chat", from: 0, to: 3210 },
  { id: id("02"), parent: id("01"), kind: "route", name: "route_decision", from: 4, to: 96 },
  { id: id("03"), parent: id("02"), kind: "generation", name: "route_model", from: 9, to: 92 },
  { id: id("04"), parent: id("01"), kind: "plan", name: "rag_plan", from: 98, to: 131 },
  agent("naive_rag_agent", 134, 290),
  inner("b1", "naive_rag_agent", "query_embedding", 136, 198),
  inner("b2", "naive_rag_agent", "vector_search", 199, 288, { output: { count: 5 } }),
  agent("hybrid_agent", 135, 368),
  inner("b3", "hybrid_agent", "query_embedding", 137, 141),
  inner("b4", "hybrid_agent", "bm25_search", 142, 330, { output: { count: 40 } }),
  inner("b5", "hybrid_agent", "rerank", 331, 366, { output: { count: 6 } }),
  agent("graph_agent", 136, 402),
  inner("b6", "graph_agent", "entity_linking", 138, 172, { output: { count: 3 } }),
  inner("b7", "graph_agent", "graph_rank", 173, 293, { error: "took longer than 120 ms" }),
  inner("b8", "graph_agent", "graph_rank", 294, 400, { output: { count: 3 } }),
  { id: id("05"), parent: id("01"), kind: "context", name: "build_context", from: 404, to: 452 },
  { id: id("06"), parent: id("01"), kind: "generation", name: "llm_generation", from: 455, to: 3204 },
];

function spanEvents(span: SampleSpan): Timed[] {
  const { id: span_id, parent: parent_span_id, name, kind, from, to } = span;
  const attributes = span.attributes ?? {};
  const input = { query: sampleQuery, kb_prefix: "product", top_k: 6 };
  return [
    [from, { type: "span-start", span_id, parent_span_id, name, kind, offset_ms: from, input, attributes }],
    [
      to,
      {
        type: "span-end",
        span_id,
        status: span.error ? "error" : "ok",
        status_message: span.error ?? null,
        duration_ms: to - from,
        output: span.output ?? null,
        attributes,
      },
    ],
  ];
}

function log(
  at: number,
  spanId: string,
  level: LogLevel,
  message: string,
  error: string | null = null,
): Timed {
  const span = spans.find((candidate) => candidate.id === spanId);
  const node = { node: span?.name ?? "rag_chat", node_type: span?.kind ?? ("request" as const) };
  const payload = { duration_ms: null, input: null, output: null, error };
  return [
    at,
    { type: "log", entry: { span_id: spanId, ...node, offset_ms: at, level, message, ...payload } },
  ];
}

/** Start and end of every span. */
export const sampleSpanEvents: readonly Timed[] = spans.flatMap(spanEvents);

/** What the spans wrote meanwhile. */
export const sampleLog: readonly Timed[] = [
  log(4, id("02"), "info", "start · 3 candidate knowledge bases"),
  log(9, id("02"), "debug", "rules: product ×3 (api key, rotate, key)"),
  log(94, id("02"), "info", "kb_prefix=product · 0.93 · llm"),
  log(131, id("04"), "info", "3 agents in parallel · top_k 6"),
  log(141, agentSpan.hybrid_agent, "debug", "embedding cache hit · 1,536 dims"),
  log(172, id("b6"), "debug", "entities: API key, grace period, rotation"),
  log(290, agentSpan.naive_rag_agent, "info", "done · 5 passages · 156 ms"),
  log(293, id("b7"), "error", "graph_rank timed out after 120 ms (1 of 2)", "timeout"),
  log(294, agentSpan.graph_agent, "warn", "failed, asked again"),
  log(368, agentSpan.hybrid_agent, "info", "done · 6 passages · 233 ms"),
  log(402, agentSpan.graph_agent, "info", "done · 3 passages · 266 ms"),
  log(452, id("05"), "info", "14 retrieved · 10 unique · 8 in prompt"),
  log(3204, id("06"), "info", "stop · 350 tokens"),
];
