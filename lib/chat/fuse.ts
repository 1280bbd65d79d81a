import type { RetrieverAgent } from "@/lib/domain/agent-names";
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
  /** From the agent that judges best: a reranker's score, else a similarity, else covered words; null without. */
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
  const relevances = bestRelevances(rankings);
  const fused = new Map<string, FusedPassage>();
  for (const { agentType, passages } of rankings) {
    const weight = weights[agentType] ?? 1;
    for (const { passage, rank } of passages) {
      const known = fused.get(passage.passage_id);
      fused.set(passage.passage_id, {
        passage,
        fusedScore: (known?.fusedScore ?? 0) + weight / (RRF_K + rank),
        relevance: relevances.get(passage.passage_id) ?? null,
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

/** Numbers of different kinds are not compared: of each passage the best kind counts, and of that the highest. */
function bestRelevances(rankings: readonly Ranking[]): Map<string, number> {
  const best = new Map<string, number>();
  const byKind = Map.groupBy(rankings, ({ methods }) => judgement(methods));
  for (const kind of [...byKind.keys()].toSorted((a, b) => b - a)) {
    const found = new Map<string, number>();
    for (const { passage, relevance } of byKind.get(kind)?.flatMap(({ passages }) => passages) ?? []) {
      const id = passage.passage_id;
      if (relevance !== null) found.set(id, Math.max(found.get(id) ?? 0, relevance));
    }
    for (const [id, relevance] of found) if (!best.has(id)) best.set(id, relevance);
  }
  return best;
}

/** How well an agent can tell what is relevant, by what it ran. */
function judgement(methods: readonly RetrievalMethod[]): number {
  if (methods.includes("rerank")) return 2;
  return methods.includes("vector_search") ? 1 : 0;
}
