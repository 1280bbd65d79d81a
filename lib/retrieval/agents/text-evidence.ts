import type { PassageHit } from "@/lib/retrieval/index/passage-row";

/** Character grams find what words miss, and much that is beside the point. */
const GRAM_SHARE = 0.5;

/** A passage and how well its text fits the question, in [0, 1]. */
export interface TextEvidence {
  hit: PassageHit;
  share: number;
}

/** Merges a search by words and one by character grams by their scores; the best passage has 1. */
export function textEvidence(
  byWords: readonly PassageHit[],
  byGrams: readonly PassageHit[],
): Map<string, TextEvidence> {
  const merged = new Map<string, TextEvidence>();
  const add = (hits: readonly PassageHit[], factor: number) => {
    const best = Math.max(...hits.map(({ score }) => score));
    for (const hit of hits) {
      const known = merged.get(hit.passage_id)?.share ?? 0;
      merged.set(hit.passage_id, { hit, share: known + (factor * hit.score) / best });
    }
  };
  add(byWords, 1);
  add(byGrams, GRAM_SHARE);
  const best = Math.max(...[...merged.values()].map(({ share }) => share));
  for (const [id, { hit, share }] of merged) merged.set(id, { hit, share: share / best });
  return merged;
}
