import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RetrieverAgent } from "@/lib/domain/agent-names";
import { RETRIEVER_AGENTS } from "@/lib/domain/agent-names";
import { fuseRankings, fusionWeights, type Ranking, RRF_K } from "./fuse";

const WORDS = ["bm25_search"] as const;
const GRAPH = ["bm25_search", "entity_linking", "graph_rank"] as const;

function ranking(agentType: RetrieverAgent, methods: Ranking["methods"], ids: readonly string[]): Ranking {
  const passages = ids.map((passage_id, at) => ({
    passage: { passage_id, document_id: "", name: "", title: "", heading: "", text: "" },
    rank: at + 1,
    relevance: 1 / (at + 1),
  }));
  return { agentType, methods, passages };
}

const ids = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h"));
const order = (rankings: readonly Ranking[]) =>
  fuseRankings(rankings).map(({ passage }) => passage.passage_id);

describe("fuseRankings", () => {
  test("has every passage once, with its rank for each agent and a score that the weights explain", () => {
    fc.assert(
      fc.property(ids, ids, ids, (naive, hybrid, graph) => {
        const rankings = [
          ranking("naive_rag_agent", WORDS, naive),
          ranking("hybrid_agent", WORDS, hybrid),
          ranking("graph_agent", GRAPH, graph),
        ];
        const weights = fusionWeights(rankings);
        const fused = fuseRankings(rankings);
        expect(new Set(fused.map(({ passage }) => passage.passage_id))).toEqual(
          new Set([...naive, ...hybrid, ...graph]),
        );
        for (const { ranks, fusedScore } of fused) {
          const terms = RETRIEVER_AGENTS.flatMap((agent) => {
            const rank = ranks[agent];
            return rank === undefined ? [] : (weights[agent] ?? 1) / (RRF_K + rank);
          });
          expect(fusedScore).toBeCloseTo(terms.reduce((sum, term) => sum + term, 0));
        }
      }),
    );
  });

  test("two searches that a third one contains change nothing in its order, and follow with what it lacks", () => {
    fc.assert(
      fc.property(ids, ids, ids, (naive, hybrid, graph) => {
        const fused = order([
          ranking("naive_rag_agent", WORDS, naive),
          ranking("hybrid_agent", WORDS, hybrid),
          ranking("graph_agent", GRAPH, graph),
        ]);
        expect(fused.slice(0, graph.length)).toEqual(graph);
      }),
    );
  });

  test("searches of different kinds count alike", () => {
    const vectors = ranking("hybrid_agent", ["bm25_search", "vector_search"], ["a", "b"]);
    expect(fusionWeights([vectors, ranking("graph_agent", GRAPH, ["b"])])).toEqual({
      hybrid_agent: 1,
      graph_agent: 1,
    });
  });

  test("an agent that failed takes no vote from the others", () => {
    const failed = ranking("graph_agent", [], []);
    const rankings = [
      ranking("naive_rag_agent", WORDS, ["a"]),
      ranking("hybrid_agent", WORDS, ["b"]),
      failed,
    ];
    expect(fusionWeights(rankings)).toMatchObject({ naive_rag_agent: 1, hybrid_agent: 1 });
  });

  test("a passage's relevance is a reranker's, else a similarity, else covered words, never the highest of them", () => {
    const judged = (agentType: RetrieverAgent, methods: Ranking["methods"], relevance: number | null) => {
      const one = ranking(agentType, methods, ["a"]);
      return { ...one, passages: one.passages.map((passage) => ({ ...passage, relevance })) };
    };
    const words = judged("naive_rag_agent", WORDS, 0.9);
    const similar = judged("graph_agent", ["vector_search"], 0.6);
    const reranked = (relevance: number | null) =>
      judged("hybrid_agent", ["bm25_search", "vector_search", "rerank"], relevance);
    const relevanceOf = (...rankings: Ranking[]) => fuseRankings(rankings)[0]?.relevance;
    expect(relevanceOf(words, similar, reranked(0.2))).toBe(0.2);
    expect(relevanceOf(words, similar)).toBe(0.6);
    expect(relevanceOf(words, judged("graph_agent", GRAPH, 0.4))).toBe(0.9);
    expect(relevanceOf(similar, reranked(null))).toBe(0.6);
  });
});
