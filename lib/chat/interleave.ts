import type { RetrievalOutcome } from "@/lib/retrieval/retriever";

/**
 * What one agent found in several knowledge bases as one ranking: by rank, then in the order of the bases. Scores
 * of different collections are not compared.
 */
export function interleave(outcomes: readonly RetrievalOutcome[], topK: number): RetrievalOutcome {
  const [only] = outcomes;
  if (only && outcomes.length === 1) return only;
  const passages = outcomes
    .flatMap((outcome) => outcome.passages)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, topK)
    .map((passage, index) => ({ ...passage, rank: index + 1 }));
  return { passages, methods: [...new Set(outcomes.flatMap(({ methods }) => methods))] };
}
