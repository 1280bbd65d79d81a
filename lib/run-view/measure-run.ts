import type { PerformanceMetrics, RunRecord, Span } from "@/lib/domain/run-record";
import { sumCost, sumUsage } from "@/lib/domain/usage";

/**
 * The run's figures out of its spans and generations. Durations are null until something of that kind has
 * ended; the total and the TTFT come with events of their own and are carried over.
 */
export function measureRun(record: RunRecord): PerformanceMetrics {
  const { spans, generations } = record;
  const { wallTimeMs, errorCount } = measureSpans(spans);
  return {
    total_duration_ms: record.performance_metrics.total_duration_ms,
    routing_duration_ms: wallTimeMs("route_decision"),
    retrieval_duration_ms: wallTimeMs("rag_retrieval"),
    generation_duration_ms: wallTimeMs("llm_generation"),
    ttft_ms: record.performance_metrics.ttft_ms,
    node_count: spans.length,
    error_count: errorCount,
    usage: sumUsage(generations.flatMap(({ usage }) => usage ?? [])),
    cost_usd: sumCost(
      generations.filter(({ finish_reason }) => finish_reason !== null).map(({ cost_usd }) => cost_usd),
    ),
  };
}

const MEASURED = new Set(["route_decision", "rag_retrieval", "llm_generation"]);

/** In one pass: it is made at every poll of a run. */
function measureSpans(spans: readonly Span[]) {
  const stretches = new Map<string, { start: number; end: number }>();
  let errorCount = 0;
  for (const { name, status, offset_ms, duration_ms } of spans) {
    if (status === "error") errorCount += 1;
    if (duration_ms === null || !MEASURED.has(name)) continue;
    const stretch = stretches.get(name) ?? { start: offset_ms, end: offset_ms };
    stretch.start = Math.min(stretch.start, offset_ms);
    stretch.end = Math.max(stretch.end, offset_ms + duration_ms);
    stretches.set(name, stretch);
  }
  /** From the first start to the last end of the spans that ended: parallel spans count once. */
  const wallTimeMs = (name: string): number | null => {
    const stretch = stretches.get(name);
    return stretch ? Math.round((stretch.end - stretch.start) * 1000) / 1000 : null;
  };
  return { wallTimeMs, errorCount };
}
