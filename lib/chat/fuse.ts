import type { RetrieverAgent } from "@/lib/domain/agent";
import type { Passage } from "@/lib/domain/passage";
import type { RetrievalMethod } from "@/lib/domain/run-record";
import type { RetrievedPassage } from "@/lib/retrieval/retriever";

/** The constant of reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009). */
export const RRF_K = 60;
/** The vote of an agent whose search is a part of another's: two of them fill up the end, and no more. */
const CONTAINED_WEIGHT = 0.001;

export interface FusedPassage {
  passage: Passage;
  /** Sum over the agents of weight / (k + rank). */
  fusedScore: number;
  /** The best relevance that any agent gave; null when none did. */
  relevance: number | null;
  ranks: Partial<Record<RetrieverAgent, number>>;
}

export interface Ranking {
  agentType: RetrieverAgent;
  methods: readonly RetrievalMethod[];
  passages: readonly RetrievedPassage[];
}

/** Stage 4: one ranking out of several; ties keep the order in which the agents are given. */
export function fuseRankings(rankings: readonly Ranking[]): FusedPassage[] {
  const weights = fusionWeights(rankings);
  const fused = new Map<string, FusedPassage>();
  for (const { agentType, passages } of rankings) {
    const weight = weights[agentType] ?? 1;
    for (const { passage, rank, relevance } of passages) {
      const known = fused.get(passage.passage_id);
      fused.set(passage.passage_id, {
        passage,
        fusedScore: (known?.fusedScore ?? 0) + weight / (RRF_K + rank),
        relevance: bestOf(known?.relevance ?? null, relevance),
        ranks: { ...known?.ranks, [agentType]: rank },
      });
    }
  }
  return [...fused.values()].sort((a, b) => b.fusedScore - a.fusedScore);
}

/**
 * What each agent's vote counts. Agents that search alike agree without being right: one that ran nothing
 * but a part of what another one ran has been heard already, and would outvote what only the other finds.
 */
export function fusionWeights(
  rankings: readonly Omit<Ranking, "passages">[],
): Partial<Record<RetrieverAgent, number>> {
  const isPart = (one: readonly RetrievalMethod[], other: readonly RetrievalMethod[]) =>
    new Set(one).size < new Set(other).size && one.every((method) => other.includes(method));
  return Object.fromEntries(
    rankings.map(({ agentType, methods }) => {
      const isContained = rankings.some((other) => isPart(methods, other.methods));
      return [agentType, isContained ? CONTAINED_WEIGHT : 1];
    }),
  );
}

function bestOf(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
