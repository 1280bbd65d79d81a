import type { RetrievalMethod } from "@/lib/domain/run-record";
import type { Reranker } from "@/lib/llm/language-model";
import { rerankHits } from "@/lib/retrieval/rerank/rerank-hits";
import type { Retriever } from "@/lib/retrieval/retriever";
import { fuseRankings } from "./reciprocal-rank-fusion";
import { lexicalOutcome, toOutcome } from "./retrieval-outcome";
import { runSteps } from "./run-steps";
import type { SearchContext } from "./search-context";
import { candidateLimit, gramStep, wordStep } from "./text-steps";
import { embedQuestion, similarityOf, vectorStep } from "./vector-steps";

/**
 * Two queries at once, merged by rank: words and vectors, or words and character grams without vectors. A
 * reranker, where there is one, then puts the best of them in its own order.
 */
export function createHybridRetriever(context: SearchContext, reranker: Reranker | null = null): Retriever {
  return {
    agentType: "hybrid_agent",
    async *retrieve(request, parent) {
      const { topK, signal } = request;
      const limit = candidateLimit(topK);
      const question = yield* embedQuestion(context, request, parent);
      const second = question
        ? vectorStep(context, request, question, limit)
        : await gramStep(context, request, limit);
      const rankings = yield* runSteps(parent, signal, [wordStep(context, request, limit), second]);
      const hits = fuseRankings(rankings).map(({ hit }) => hit);
      const methods: RetrievalMethod[] = question ? ["bm25_search", "vector_search"] : ["bm25_search"];
      const reranked = reranker && (yield* rerankHits(reranker, context.table, request, hits, parent));
      if (reranked) {
        return toOutcome(context, reranked.hits, topK, [...methods, "rerank"], reranked.relevanceOf);
      }
      if (!question) return lexicalOutcome(context, request, hits, methods);
      return toOutcome(context, hits, topK, methods, await similarityOf(question, hits.slice(0, topK)));
    },
  };
}
