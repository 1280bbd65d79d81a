import type { RetrievalMethod } from "@/lib/domain/run-record";
import type { PassageHit } from "@/lib/retrieval/index/passage-row";
import type { RetrievalOutcome, RetrievalRequest } from "@/lib/retrieval/retriever";
import { queryTerms } from "@/lib/retrieval/text/query-terms";
import { isStopWord } from "@/lib/retrieval/text/stop-words";
import { coveredShare } from "./relevance";
import type { SearchContext } from "./search-context";

/** The first `topK` hits with their rank and their relevance. */
export function toOutcome(
  hits: readonly PassageHit[],
  topK: number,
  methods: RetrievalMethod[],
  relevanceOf: (hit: PassageHit) => number | null,
): RetrievalOutcome {
  const passages = hits.slice(0, topK).map((hit, at) => {
    const { passage_id, document_id, name, title, heading, text } = hit;
    const passage = { passage_id, document_id, name, title, heading, text };
    return { passage, rank: at + 1, relevance: relevanceOf(hit) };
  });
  return { passages, methods };
}

/**
 * The outcome of a search by words: relevance is the covered share of the question. Small talk has
 * nothing to cover, so that whatever it finds is irrelevant.
 */
export async function lexicalOutcome(
  { collection }: SearchContext,
  { query, history, kbPrefix, topK }: RetrievalRequest,
  hits: readonly PassageHit[],
  methods: RetrievalMethod[],
): Promise<RetrievalOutcome> {
  const terms = queryTerms(query, history).filter(({ term }) => !isStopWord(term));
  const statistics = await collection(kbPrefix);
  return toOutcome(hits, topK, methods, ({ words }) => coveredShare(terms, words, statistics));
}
