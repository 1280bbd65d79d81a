/** Judgments of one query: gain of each relevant document. Those not named, or named with 0, are irrelevant. */
export type Judgments = ReadonlyMap<string, number>;

/**
 * Normalised discounted cumulative gain of the first `k` documents (Järvelin and Kekäläinen 2002), with the
 * linear gains of trec_eval's ndcg_cut: sum of gain / log2(rank + 1), divided by that of the best possible
 * ranking. A document counts at its first place only. In [0, 1]; null where nothing is relevant.
 */
export function ndcg(ranking: readonly string[], judgments: Judgments, k: number): number | null {
  const ideal = discounted([...judgments.values()].sort((a, b) => b - a).slice(0, k));
  if (ideal <= 0) return null;
  return discounted(firstOf(ranking, k).map((id) => judgments.get(id) ?? 0)) / ideal;
}

/** Share of the relevant documents that are among the first `k`; null where nothing is relevant. */
export function recall(ranking: readonly string[], judgments: Judgments, k: number): number | null {
  const relevant = relevantOf(judgments);
  if (relevant.size === 0) return null;
  return firstOf(ranking, k).filter((id) => relevant.has(id)).length / relevant.size;
}

/** 1 / rank of the first relevant document, 0 where none was found; null where nothing is relevant. */
export function reciprocalRank(ranking: readonly string[], judgments: Judgments): number | null {
  const relevant = relevantOf(judgments);
  if (relevant.size === 0) return null;
  const at = firstOf(ranking, ranking.length).findIndex((id) => relevant.has(id));
  return at === -1 ? 0 : 1 / (at + 1);
}

/** Mean of the numbers that are known; null where none is. */
export function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** The smallest value that at least the share `p` of all values does not exceed (nearest rank); null of none. */
export function percentile(values: readonly number[], p: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? null;
}

function firstOf(ranking: readonly string[], k: number): string[] {
  return [...new Set(ranking)].slice(0, k);
}

function relevantOf(judgments: Judgments): Set<string> {
  return new Set([...judgments].filter(([, gain]) => gain > 0).map(([id]) => id));
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, at) => sum + Math.max(0, gain) / Math.log2(at + 2), 0);
}
