import { meanSupport } from "@/lib/domain/citation-support";
import type { RunRecord } from "@/lib/domain/run-record";

export type MetricName =
  | "total_duration_ms"
  | "ttft_ms"
  | "routing_duration_ms"
  | "retrieval_duration_ms"
  | "generation_duration_ms"
  | "prompt_tokens"
  | "completion_tokens"
  | "cost_usd"
  | "in_context"
  | "citations"
  | "citation_support"
  | "error_count";

/** A figure of two runs; null where a run does not have it, and then there is no difference either. */
export interface MetricDelta {
  name: MetricName;
  a: number | null;
  b: number | null;
  /** a − b */
  delta: number | null;
  /** a ÷ b; null when b is 0. */
  ratio: number | null;
  /** Whether a does better than b; `neutral` where more is neither good nor bad, or nothing is to be seen. */
  tone: "better" | "worse" | "neutral";
}

/** Which way is good, and below which difference two values read the same. */
const METRICS: Record<MetricName, { good: "less" | "more" | null; resolution: number }> = {
  total_duration_ms: { good: "less", resolution: 0.5 },
  ttft_ms: { good: "less", resolution: 0.5 },
  routing_duration_ms: { good: "less", resolution: 0.5 },
  retrieval_duration_ms: { good: "less", resolution: 0.5 },
  generation_duration_ms: { good: "less", resolution: 0.5 },
  prompt_tokens: { good: "less", resolution: 0 },
  completion_tokens: { good: "less", resolution: 0 },
  cost_usd: { good: "less", resolution: 0 },
  in_context: { good: null, resolution: 0 },
  citations: { good: "more", resolution: 0 },
  citation_support: { good: "more", resolution: 0.005 },
  error_count: { good: "less", resolution: 0 },
};
const NAMES = Object.keys(METRICS) as MetricName[];

/** The figures of two runs side by side, in the order in which they are shown. */
export function compareMetrics(a: RunRecord, b: RunRecord): MetricDelta[] {
  const valuesA = metricsOf(a);
  const valuesB = metricsOf(b);
  return NAMES.map((name) => toDelta(name, valuesA[name], valuesB[name]));
}

/** Measured times are never the same twice; they do not make two runs different. */
export function isTime(name: MetricName): boolean {
  return name.endsWith("_ms");
}

function toDelta(name: MetricName, a: number | null, b: number | null): MetricDelta {
  if (a === null || b === null) return { name, a, b, delta: null, ratio: null, tone: "neutral" };
  const delta = a - b;
  return { name, a, b, delta, ratio: b === 0 ? null : a / b, tone: toTone(name, delta) };
}

function toTone(name: MetricName, delta: number): MetricDelta["tone"] {
  const { good, resolution } = METRICS[name];
  if (good === null || Math.abs(delta) <= resolution) return "neutral";
  return delta < 0 === (good === "less") ? "better" : "worse";
}

/** While a model still answers, its tokens, its price and its citations are not known. */
function metricsOf(record: RunRecord): Record<MetricName, number | null> {
  const { performance_metrics: metrics, generations, context, citations, status } = record;
  const answering = generations.some(({ finish_reason }) => finish_reason === null) && status === "running";
  return {
    total_duration_ms: metrics.total_duration_ms,
    ttft_ms: metrics.ttft_ms,
    routing_duration_ms: metrics.routing_duration_ms,
    retrieval_duration_ms: metrics.retrieval_duration_ms,
    generation_duration_ms: metrics.generation_duration_ms,
    prompt_tokens: answering ? null : (metrics.usage?.prompt_tokens ?? null),
    completion_tokens: answering ? null : (metrics.usage?.completion_tokens ?? null),
    cost_usd: answering ? null : metrics.cost_usd,
    in_context: context?.passages.filter(({ state }) => state === "in_prompt").length ?? null,
    citations: status === "running" ? null : citations.length,
    citation_support: meanSupport(citations),
    error_count: metrics.error_count,
  };
}
