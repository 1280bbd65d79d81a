import type { Percentiles } from "@/lib/domain/insights";
import type { MetricsRow } from "@/lib/observability/metrics";

/** A figure of a row; large counts come as text. Null when it is missing or none. */
export function numberOf(row: MetricsRow | undefined, name: string): number | null {
  const value = row?.[name];
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

/** A count; 0 without a row, since nothing was found then. */
export function countOf(row: MetricsRow | undefined): number {
  return Math.round(numberOf(row, "count_count") ?? 0);
}

/** Tokens of a row's calls. No call is made of none: where the sum is 0, nothing was reported. */
export function tokensOf(row: MetricsRow) {
  const sum = (measure: string) => {
    const tokens = numberOf(row, `sum_${measure}`);
    return tokens === null ? null : Math.round(tokens);
  };
  const total_tokens = sum("totalTokens") || null;
  if (total_tokens === null) return { input_tokens: null, output_tokens: null, total_tokens };
  return { input_tokens: sum("inputTokens"), output_tokens: sum("outputTokens"), total_tokens };
}

export function percentilesOfRow(row: MetricsRow | undefined, measure: string): Percentiles {
  const of = (aggregation: string) => numberOf(row, `${aggregation}_${measure}`);
  return { p50: of("p50"), p90: of("p90"), p99: of("p99") };
}

/** The name that a dimension has in a row; null for rows that only fill a gap in time. */
export function nameOf(row: MetricsRow, field: string): string | null {
  const value = row[field];
  return typeof value === "string" && value !== "" ? value : null;
}

/** When a row's stretch of time begins; times without a zone are UTC. */
export function timeOf(row: MetricsRow): number | null {
  const value = row.time_dimension;
  if (typeof value !== "string") return null;
  const iso = value.trim().replace(" ", "T");
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(iso) || !iso.includes("T") ? iso : `${iso}Z`;
  const at = Date.parse(zoned);
  return Number.isNaN(at) ? null : at;
}
