import type { RetrievalMethod } from "@/lib/domain/run-record";
import type { PassageContent, PassageHit } from "@/lib/retrieval/index/passage-row";
import { readContents } from "@/lib/retrieval/index/passage-table";
import type { RetrievalOutcome, RetrievalRequest } from "@/lib/retrieval/retriever";
import { queryTerms } from "@/lib/retrieval/text/query-terms";
import { isStopWord } from "@/lib/retrieval/text/stop-words";
import { createCoverage } from "./relevance";
import type { SearchContext } from "./search-context";

/** The first `topK` hits with their contents, their rank and their relevance. */
export async function toOutcome(
  { table }: SearchContext,
  hits: readonly PassageHit[],
  topK: number,
  methods: RetrievalMethod[],
  relevanceOf: (hit: PassageHit, content: PassageContent) => number | null,
): Promise<RetrievalOutcome> {
  const best = hits.slice(0, topK);
  const contents = await readContents(
    table,
    best.map(({ passage_id }) => passage_id),
  );
  const found = best.flatMap((hit) => {
    const content = contents.get(hit.passage_id);
    return content ? [{ hit, content }] : [];
  });
  const passages = found.map(({ hit, content }, at) => {
    const { passage_id, title, heading } = hit;
    const { document_id, name, text } = content;
    const passage = { passage_id, document_id, name, title, heading, text };
    return { passage, rank: at + 1, relevance: relevanceOf(hit, content) };
  });
  return { passages, methods };
}

/**
 * The outcome of a search by words: relevance is the covered share of the question. Small talk has
 * nothing to cover, so that whatever it finds is irrelevant.
 */
export async function lexicalOutcome(
  context: SearchContext,
  { query, history, kbPrefix, topK }: RetrievalRequest,
  hits: readonly PassageHit[],
  methods: RetrievalMethod[],
): Promise<RetrievalOutcome> {
  const terms = queryTerms(query, history).filter(({ term }) => !isStopWord(term));
  const coverage = createCoverage(terms, await context.collection(kbPrefix));
  return toOutcome(context, hits, topK, methods, (_, { words }) => coverage(words));
}
