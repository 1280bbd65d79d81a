import type { Retriever } from "@/lib/retrieval/retriever";
import { fuseRankings } from "./reciprocal-rank-fusion";
import { lexicalOutcome, toOutcome } from "./retrieval-outcome";
import { runSteps } from "./run-steps";
import type { SearchContext } from "./search-context";
import { candidateLimit, gramStep, wordStep } from "./text-steps";
import { embedQuestion, similarityOf, vectorStep } from "./vector-steps";

/** Two queries at once, merged by rank: words and vectors, or words and character grams without vectors. */
export function createHybridRetriever(context: SearchContext): Retriever {
  return {
    agentType: "hybrid_agent",
    async *retrieve(request, parent) {
      const { topK, signal } = request;
      const limit = candidateLimit(topK);
      const question = yield* embedQuestion(context, request, parent);
      const second = question
        ? vectorStep(context, request, question, limit)
        : gramStep(context, request, limit);
      const rankings = yield* runSteps(parent, signal, [wordStep(context, request, limit), second]);
      const hits = fuseRankings(rankings).map(({ hit }) => hit);
      if (!question) return lexicalOutcome(context, request, hits, ["bm25_search"]);
      const relevanceOf = await similarityOf(question, hits.slice(0, topK));
      return toOutcome(hits, topK, ["bm25_search", "vector_search"], relevanceOf);
    },
  };
}
