import type { Percentiles } from "@/lib/domain/insights";

/**
 * p50, p90 and p99 by nearest rank: the smallest value that at least this share of all values does not
 * exceed. Null without values; values that are not known are left out.
 */
export function percentilesOf(values: readonly (number | null)[]): Percentiles {
  const sorted = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
  return { p50: rank(0.5), p90: rank(0.9), p99: rank(0.99) };
}

export const noPercentiles: Percentiles = { p50: null, p90: null, p99: null };
