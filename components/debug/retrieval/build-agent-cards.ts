import type { RetrieverAgent } from "@/lib/domain/agent-names";
import type { RagRun, RunRecord, Span } from "@/lib/domain/run-record";
import { placeBar, type SpanBar, spanTimes } from "@/lib/run-view/timeline";

export type AgentState = "running" | "done" | "empty" | "retried" | "failed" | "skipped";

/** One agent's search at a glance. */
export interface AgentCardView {
  agent: RetrieverAgent;
  state: AgentState;
  count: number | null;
  durationMs: number | null;
  attempts: number;
  error: string | null;
  /** How it searched: "bm25 + vector + rerank · top_k 6". */
  how: string;
  /** Its time among that of all agents, and the failed steps in it; fractions of the whole. */
  bar: SpanBar | null;
  failures: SpanBar[];
}

export interface AgentCards {
  cards: AgentCardView[];
  /** More than one ran, and the longest of them took this long. */
  slowestMs: number | null;
}

/** A card for each planned agent, in the plan's order. */
export function buildAgentCards(record: RunRecord, nowMs: number): AgentCards {
  const spans = record.spans.filter(({ name }) => name === "rag_retrieval");
  const times = spans.map((span) => spanTimes(span, record, nowMs));
  const window = {
    startMs: Math.min(...times.map(({ startMs }) => startMs)),
    endMs: Math.max(...times.map(({ endMs }) => endMs), Math.min(...times.map(({ startMs }) => startMs)) + 1),
  };
  const cards = plannedAgents(record).map((agent) => {
    const run = record.rag_runs.find(({ agent_type }) => agent_type === agent);
    const span = spans.find(({ span_id, attributes }) =>
      run ? span_id === run.span_id : attributes.agent_type === agent,
    );
    const barOf = (of: Span) => placeBar(spanTimes(of, record, nowMs), window);
    const failed = record.spans.filter(
      ({ parent_span_id, status }) => span && parent_span_id === span.span_id && status === "error",
    );
    return {
      agent,
      state: stateOf(run, span, record),
      count: run?.retrieval_count ?? null,
      durationMs: run?.duration_ms ?? span?.duration_ms ?? null,
      attempts: run?.attempts ?? 0,
      error: run?.error ?? null,
      how: howOf(agent, run, record),
      bar: span ? barOf(span) : null,
      failures: failed.flatMap((step) => barOf(step) ?? []),
    };
  });
  const durations = record.rag_runs.map(({ duration_ms }) => duration_ms);
  return { cards, slowestMs: durations.length > 1 ? Math.max(...durations) : null };
}

function plannedAgents({ rag_plan, rag_runs }: RunRecord): RetrieverAgent[] {
  return [...new Set([...rag_plan, ...rag_runs].map(({ agent_type }) => agent_type))];
}

function stateOf(run: RagRun | undefined, span: Span | undefined, record: RunRecord): AgentState {
  if (!run) return record.status === "running" && span?.status !== "aborted" ? "running" : "skipped";
  if (run.error !== null) return "failed";
  if (run.attempts > 1) return "retried";
  return run.retrieval_count === 0 ? "empty" : "done";
}

function howOf(agent: RetrieverAgent, run: RagRun | undefined, { rag_plan }: RunRecord): string {
  const plan = rag_plan.find(({ agent_type }) => agent_type === agent);
  const methods = (run?.methods ?? []).map((method) => method.replace(/_search$/, "").replace("_", " "));
  return [methods.join(" + "), plan ? `top_k ${plan.top_k}` : ""].filter((part) => part !== "").join(" · ");
}
