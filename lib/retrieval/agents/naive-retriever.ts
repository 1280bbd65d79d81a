import type { Retriever } from "@/lib/retrieval/retriever";
import { lexicalOutcome, toOutcome } from "./retrieval-outcome";
import { runSteps } from "./run-steps";
import type { SearchContext } from "./search-context";
import { wordStep } from "./text-steps";
import { embedQuestion, similarityOf, vectorStep } from "./vector-steps";

/** One query: by vector where there are vectors, else by BM25. */
export function createNaiveRetriever(context: SearchContext): Retriever {
  return {
    agentType: "naive_rag_agent",
    async *retrieve(request, parent) {
      const { topK, signal } = request;
      const question = yield* embedQuestion(context, request, parent);
      if (question) {
        const [hits] = yield* runSteps(parent, signal, [vectorStep(context, request, question, topK)]);
        return toOutcome(context, hits, topK, ["vector_search"], await similarityOf(question, hits));
      }
      const [hits] = yield* runSteps(parent, signal, [wordStep(context, request, topK)]);
      return lexicalOutcome(context, request, hits, ["bm25_search"]);
    },
  };
}
