import type { RetrieverAgent } from "@/lib/domain/agent";
import type { Passage } from "@/lib/domain/passage";
import type { RetrievedPassage } from "@/lib/retrieval/retriever";

/** The constant of reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009). */
export const RRF_K = 60;

export interface FusedPassage {
  passage: Passage;
  /** Sum over the agents of 1 / (k + rank). */
  fusedScore: number;
  /** The best relevance that any agent gave; null when none did. */
  relevance: number | null;
  ranks: Partial<Record<RetrieverAgent, number>>;
}

interface Ranking {
  agentType: RetrieverAgent;
  passages: readonly RetrievedPassage[];
}

/** Stage 4: one ranking out of several; ties keep the order in which the agents are given. */
export function fuseRankings(rankings: readonly Ranking[]): FusedPassage[] {
  const fused = new Map<string, FusedPassage>();
  for (const { agentType, passages } of rankings) {
    for (const { passage, rank, relevance } of passages) {
      const known = fused.get(passage.passage_id);
      fused.set(passage.passage_id, {
        passage,
        fusedScore: (known?.fusedScore ?? 0) + 1 / (RRF_K + rank),
        relevance: bestOf(known?.relevance ?? null, relevance),
        ranks: { ...known?.ranks, [agentType]: rank },
      });
    }
  }
  return [...fused.values()].sort((a, b) => b.fusedScore - a.fusedScore);
}

function bestOf(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
