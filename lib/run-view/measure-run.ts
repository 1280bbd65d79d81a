import type { PerformanceMetrics, RunRecord, Span } from "@/lib/domain/run-record";
import { sumCost, sumUsage } from "@/lib/domain/usage";

/**
 * The run's figures out of its spans and generations. Durations are null until something of that kind has
 * ended; the total and the TTFT come with events of their own and are carried over.
 */
export function measureRun(record: RunRecord): PerformanceMetrics {
  const { spans, generations } = record;
  return {
    total_duration_ms: record.performance_metrics.total_duration_ms,
    routing_duration_ms: wallTimeMs(spans, (span) => span.name === "route_decision"),
    retrieval_duration_ms: wallTimeMs(spans, (span) => span.name === "rag_retrieval"),
    generation_duration_ms: wallTimeMs(spans, (span) => span.name === "llm_generation"),
    ttft_ms: record.performance_metrics.ttft_ms,
    node_count: spans.length,
    error_count: spans.filter((span) => span.status === "error").length,
    usage: sumUsage(generations.flatMap(({ usage }) => usage ?? [])),
    cost_usd: sumCost(
      generations.filter(({ finish_reason }) => finish_reason !== null).map(({ cost_usd }) => cost_usd),
    ),
  };
}

/** Wall time from the first start to the last end of the spans that ended: parallel spans count once. */
function wallTimeMs(spans: readonly Span[], matches: (span: Span) => boolean): number | null {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    if (span.duration_ms === null || !matches(span)) continue;
    start = Math.min(start, span.offset_ms);
    end = Math.max(end, span.offset_ms + span.duration_ms);
  }
  return end < start ? null : Math.round((end - start) * 1000) / 1000;
}
