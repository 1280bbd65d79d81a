import type { KnowledgeBaseSummary } from "@/lib/domain/knowledge-base-summary";
import type { Locale } from "@/lib/i18n/locale";
import { foreignLanguage } from "../foreign-language";

export interface Suggestion {
  kbTitle: string;
  question: string;
}

/**
 * Up to `count` suggested questions, taken in turn from the knowledge bases; those in the reader's language
 * before the others.
 */
export function pickSuggestions(
  knowledgeBases: readonly KnowledgeBaseSummary[],
  locale: Locale,
  count: number,
): Suggestion[] {
  const foreign = ({ question }: Suggestion) => Number(foreignLanguage(question, locale) !== undefined);
  const columns = knowledgeBases
    .filter((kb) => kb.passages > 0)
    .map((kb) =>
      kb.suggested
        .map((question) => ({ kbTitle: kb.title, question }))
        .sort((a, b) => foreign(a) - foreign(b)),
    );
  const longest = Math.max(0, ...columns.map((column) => column.length));
  return Array.from({ length: longest }, (_, row) => columns.flatMap((column) => column[row] ?? []))
    .flat()
    .sort((a, b) => foreign(a) - foreign(b))
    .slice(0, count);
}
