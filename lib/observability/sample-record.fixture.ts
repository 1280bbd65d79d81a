import { randomBytes, randomUUID } from "node:crypto";
import type { RetrieverAgent } from "@/lib/domain/agent-names";
import type { RunRecord, Span } from "@/lib/domain/run-record";
import { disabledTraceLink } from "@/lib/domain/trace-link";

/** A record as the pipeline makes it, for tests: route, plan, agents in parallel, context, one generation. */
export function sampleRecord(changes: Partial<RunRecord> = {}, agents = allAgents): RunRecord {
  const root = makeSpan("rag_chat", "request", null, 0, 1800.25);
  const route = makeSpan("route_decision", "route", root, 1.5, 12.125);
  const plan = makeSpan("rag_plan", "plan", root, 14, 0.5);
  const retrievals = agents.map((agent_type, n) =>
    makeSpan("rag_retrieval", "retriever", root, 15 + n / 10, 80.75, {
      attributes: { agent_type, retrieval_count: 2 },
    }),
  );
  const searches = retrievals.map((above) =>
    makeSpan("bm25_search", "retriever", above, above.offset_ms + 1, 20.5),
  );
  const building = makeSpan("build_context", "context", root, 100, 5);
  const answering = makeSpan("llm_generation", "generation", root, 110, 1650.5);
  const message = "How many days of leave do I have?";
  const answer = "You have 28 days of leave [1]. 你有二十八天年假。";
  const results = [1, 2].map((rank) => toResult(rank));
  const usage = { prompt_tokens: 812, completion_tokens: 34, total_tokens: 846 };
  const rag_runs = retrievals.map(({ span_id }, n) => ({
    span_id,
    agent_type: agents[n] ?? "naive_rag_agent",
    query: message,
    retrieval_count: results.length,
    duration_ms: 80.5,
    attempts: 1,
    error: null,
    context_length: 60,
    methods: ["bm25_search" as const],
    results,
  }));
  const context = makeContext(building.span_id, agents);
  const decision = makeDecision(route.span_id, message);
  root.input = message;
  root.output = answer;
  route.output = decision;
  building.output = context;
  answering.output = { response: answer, finish_reason: "stop" };
  for (const retrieval of retrievals) retrieval.output = { results };
  return {
    v: 1,
    request_id: randomUUID(),
    session_id: randomUUID(),
    status: "success",
    started_at: 1_795_000_000_123,
    kb_prefix: "staff",
    agent_type: "auto",
    message,
    answer,
    settings: { model: "gpt-4o-mini", temperature: 0.2, top_k: 8, context_tokens: 3000, rerank: false },
    regenerate_of: null,
    replay_of: null,
    feedback: null,
    route_decision: decision,
    rag_plan: agents.map((agent_type) => ({ agent_type, top_k: 8, timeout_ms: 5000 })),
    rag_runs,
    context,
    generations: [
      {
        span_id: answering.span_id,
        name: "llm_generation",
        purpose: "answer",
        model: "gpt-4o-mini",
        parameters: { temperature: 0.2 },
        messages: [
          {
            role: "user",
            content: message,
            tokens: 9,
            parts: [{ origin: "question", passage_id: null, start: 0, end: message.length, tokens: 9 }],
          },
        ],
        response: answer,
        usage,
        usage_source: "provider",
        cost_usd: 0.000142,
        ttft_ms: 210.125,
        duration_ms: 1650.25,
        finish_reason: "stop",
      },
    ],
    citations: [
      { n: 1, passage_id: "p1", sentence: "You have 28 days of leave", start: 26, end: 29, support: null },
    ],
    spans: [
      root,
      route,
      plan,
      ...retrievals.flatMap((above, n) => [above, ...searches.slice(n, n + 1)]),
    ].concat(building, answering),
    execution_log: [],
    performance_metrics: {
      total_duration_ms: 1800.25,
      routing_duration_ms: 12.125,
      retrieval_duration_ms: 81,
      generation_duration_ms: 1650.5,
      ttft_ms: 320.125,
      node_count: 5 + agents.length * 2,
      error_count: 0,
      usage,
      cost_usd: 0.000142,
    },
    trace: disabledTraceLink,
    ...changes,
  };
}

const allAgents: readonly RetrieverAgent[] = ["naive_rag_agent", "hybrid_agent", "graph_agent"];

function makeSpan(
  name: string,
  kind: Span["kind"],
  parent: Span | null,
  offset_ms: number,
  duration_ms: number,
  more: Partial<Span> = {},
): Span {
  return {
    span_id: randomBytes(8).toString("hex"),
    parent_span_id: parent?.span_id ?? null,
    name,
    kind,
    status: "ok",
    offset_ms,
    duration_ms,
    status_message: null,
    input: null,
    output: null,
    attributes: {},
    ...more,
  };
}

function toResult(rank: number) {
  return {
    passage_id: `p${rank}`,
    document_id: "d1",
    title: "Leave",
    heading: "Annual leave › Days",
    rank,
    relevance: 1 / rank,
    text: "Every employee has 28 days.",
  };
}

function makeDecision(span_id: string, query: string): NonNullable<RunRecord["route_decision"]> {
  return {
    span_id,
    requested_kb_prefix: "auto",
    kb_prefix: "staff",
    worker_name: "staff:auto",
    confidence: 0.81,
    threshold: 0.4,
    method: "heuristic",
    reason: "leave, days",
    query,
    alternatives: [{ kb_prefix: "handbook", confidence: 0.2 }],
    signals: [{ term: "leave", kb_prefix: "staff", weight: 3.5 }],
    duration_ms: 12,
  };
}

function makeContext(span_id: string, agents: readonly RetrieverAgent[]): NonNullable<RunRecord["context"]> {
  const ranks = Object.fromEntries(agents.map((agent) => [agent, 1]));
  const passage = { relevance: 1, tokens: 12, ranks, fused_score: 0.0328 };
  return {
    span_id,
    budget_tokens: 3000,
    used_tokens: 12,
    retrieved: agents.length * 2,
    unique: 2,
    fusion: { method: "rrf", k: 60 },
    passages: [
      { ...passage, passage_id: "p1", n: 1, position: 1, state: "in_prompt", reason: null, cited: true },
      {
        ...passage,
        passage_id: "p2",
        n: null,
        position: 2,
        state: "dropped",
        reason: "budget",
        cited: false,
      },
    ],
  };
}
