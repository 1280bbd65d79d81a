import { checkCitations } from "@/lib/chat/support/check-citations";
import { meanSupport } from "@/lib/domain/citation-support";
import type { RunRecord } from "@/lib/domain/run-record";
import { contentTerms } from "@/lib/retrieval/text/query-terms";
import type { ExperimentItem } from "./experiment-item";

/** What an answer is measured by, each in [0, 1]; null where an item says nothing to measure it with. */
export interface ItemScores {
  /** 1 when an agent found one of the expected documents. */
  retrieval_hit: number | null;
  /** Mean support of the answer's citations by their words; null without citations. */
  citation_support: number | null;
  /** Share of the expected phrases that the answer has, or of the expected answer's words. */
  answer_contains: number | null;
}

export const SCORE_NAMES = ["retrieval_hit", "citation_support", "answer_contains"] as const;

export function evaluate(record: RunRecord, item: ExperimentItem): ItemScores {
  return {
    retrieval_hit: retrievalHit(record, item),
    citation_support: meanSupport(checkCitations(record)),
    answer_contains: item.expected === null ? null : answerContains(record.answer, item.expected),
  };
}

function retrievalHit({ rag_runs }: RunRecord, { documents }: ExperimentItem): number | null {
  if (documents.length === 0) return null;
  const wanted = new Set(documents);
  const results = rag_runs.flatMap((run) => run.results);
  return results.some(({ document_id, title }) => wanted.has(document_id) || wanted.has(title)) ? 1 : 0;
}

/** Phrases count as they are, in any case and with any spaces; a whole answer is never given word for word. */
export function answerContains(answer: string, expected: string | readonly string[]): number | null {
  if (typeof expected !== "string") return share(expected, (phrase) => fold(answer).includes(fold(phrase)));
  const has = new Set(contentTerms(answer));
  return share(contentTerms(expected), (term) => has.has(term));
}

function share<T>(wanted: readonly T[], holds: (one: T) => boolean): number | null {
  return wanted.length === 0 ? null : wanted.filter(holds).length / wanted.length;
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}
