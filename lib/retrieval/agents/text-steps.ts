import { rareGrams } from "@/lib/retrieval/index/gram-shares";
import type { PassageHit } from "@/lib/retrieval/index/passage-row";
import { searchPassages } from "@/lib/retrieval/index/passage-table";
import type { RetrievalRequest } from "@/lib/retrieval/retriever";
import { type QueryTerm, queryGrams, queryTerms } from "@/lib/retrieval/text/query-terms";
import type { Step } from "./run-steps";
import type { SearchContext } from "./search-context";

const SHOWN_HITS = 10;
const SHOWN_TERMS = 40;

/** How many hits an agent looks at before it merges and cuts to `topK`. */
export function candidateLimit(topK: number): number {
  return Math.max(30, topK * 2);
}

/** BM25 over the words of the question. */
export function wordStep(
  context: SearchContext,
  request: RetrievalRequest,
  limit: number,
): Step<PassageHit[]> {
  return textStep(context, request, limit, "words", queryTerms(request.query, request.history));
}

/** BM25 over character grams, which finds misspelt words and parts of codes; not over those that most have. */
export async function gramStep(
  context: SearchContext,
  request: RetrievalRequest,
  limit: number,
): Promise<Step<PassageHit[]>> {
  const grams = queryGrams(request.query, request.history);
  return textStep(context, request, limit, "trigrams", rareGrams(grams, await context.gramShares()));
}

function textStep(
  { table }: SearchContext,
  { query, kbPrefix }: RetrievalRequest,
  limit: number,
  column: "words" | "trigrams",
  terms: readonly QueryTerm[],
): Step<PassageHit[]> {
  const shown = Object.fromEntries(
    terms.slice(0, SHOWN_TERMS).map(({ term, weight }) => [term, rounded(weight)]),
  );
  return {
    name: "bm25_search",
    kind: "retriever",
    input: { query, field: column, terms: shown, kb_prefix: kbPrefix, limit },
    run: async () => {
      const hits = await searchPassages(table, column, { terms, kbPrefix, limit });
      const message = `BM25 over ${column}: ${hits.length} passages for ${terms.length} terms`;
      return { value: hits, output: { count: hits.length, hits: shownHits(hits) }, message };
    },
  };
}

/** The first hits as a span shows them. */
export function shownHits(hits: readonly PassageHit[]) {
  return hits.slice(0, SHOWN_HITS).map(({ passage_id, title, heading, score }) => ({
    passage_id,
    title,
    heading,
    score: rounded(score),
  }));
}

/** Four decimals: enough to compare by eye. */
export function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
