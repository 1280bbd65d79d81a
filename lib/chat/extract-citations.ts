import type { Citation } from "@/lib/domain/run-record";

const MARK = /\[(\d{1,3})\]/g;
/** Where a sentence ends: full stops of both languages with the marks that close them, and line breaks. */
const SENTENCE_END = /[.!?](?:\s*\[\d{1,3}\])*(?=\s)|[。！？](?:\s*\[\d{1,3}\])*|\n/g;

/**
 * Stage 8: the marks `[n]` of an answer that name a passage in the prompt, each with the sentence it
 * closes. Marks inside code, and numbers that no passage has, are not citations.
 */
export function extractCitations(answer: string, passageIds: readonly string[]): Citation[] {
  const prose = blankCode(answer);
  return [...prose.matchAll(MARK)].flatMap((match) => {
    const n = Number(match[1]);
    const passage_id = passageIds[n - 1];
    if (passage_id === undefined) return [];
    const start = match.index;
    const sentence = sentenceBefore(answer, prose, start);
    return { n, passage_id, sentence, start, end: start + match[0].length, support: null };
  });
}

/** The text with code replaced by spaces of the same length, so that offsets stay. */
function blankCode(text: string): string {
  const blank = (code: string) => code.replace(/[^\n]/g, " ");
  return text.replace(/```[\s\S]*?(?:```|$)|`[^`\n]*`/g, blank);
}

/** The sentence that a mark closes: marks and full stops directly before it belong to it. */
function sentenceBefore(answer: string, prose: string, markStart: number): string {
  const before = prose.slice(0, markStart).replace(/(?:\s*\[\d{1,3}\]|[.!?。！？\s])+$/, "");
  const ends = [...before.matchAll(SENTENCE_END)];
  const last = ends.at(-1);
  const from = last ? last.index + last[0].length : 0;
  return answer
    .slice(from, markStart)
    .replace(MARK, "")
    .replace(/^\s*(?:(?:[>#]+|[-*+]|\d+[.)])\s+)*/, "")
    .trim();
}
