/** Cormack, Clarke and Büttcher (2009): the ranks of several lists add up as 1 / (k + rank). */
export const RRF_K = 60;

interface Ranked {
  passage_id: string;
}

/** Merges rankings of passages by reciprocal rank fusion, best first; ties go to the earlier list. */
export function fuseRankings<T extends Ranked>(
  rankings: readonly (readonly T[])[],
): { hit: T; score: number }[] {
  const fused = new Map<string, { hit: T; score: number }>();
  for (const ranking of rankings) {
    for (const [at, hit] of ranking.entries()) {
      const entry = fused.get(hit.passage_id) ?? { hit, score: 0 };
      entry.score += 1 / (RRF_K + at + 1);
      fused.set(hit.passage_id, entry);
    }
  }
  return [...fused.values()].sort((a, b) => b.score - a.score);
}
