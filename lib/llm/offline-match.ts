import type { Term } from "./offline-query";
import { stem } from "./offline-stem";
import { partsOf, writtenWords } from "./offline-words";

/** A text prepared for being matched against many terms. */
export interface MatchableText {
  /** Stems of its words and of their parts. */
  stems: ReadonlySet<string>;
  lower: string;
}

export function toMatchable(text: string): MatchableText {
  const stems = new Set<string>();
  for (const word of writtenWords(text)) {
    stems.add(stem(word));
    const parts = partsOf(word);
    if (parts.length > 1) for (const part of parts) stems.add(stem(part));
  }
  return { stems, lower: text.toLowerCase() };
}

/** How well a text holds a term: 1 as it stands, less for a part of it, 0 not at all. */
export function matchTerm(term: Term, text: MatchableText): number {
  return term.chinese ? matchChinese(term.text, text.lower) : matchStem(term, text.stems);
}

function matchStem(term: Term, stems: ReadonlySet<string>): number {
  if (stems.has(term.text)) return 1;
  if (term.parts.length > 0 && term.parts.every((part) => stems.has(part))) return 0.75;
  if (term.text.length < 5 || !/^[a-z]+$/.test(term.text)) return 0;
  for (const candidate of stems) if (isNearlySame(candidate, term.text)) return 0.7;
  return 0;
}

/** One begins with the other, and they share most of their letters: configur and config. */
function isNearlySame(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 5 && short.length >= long.length * 0.7 && long.startsWith(short);
}

/** Substrings, so that it does not matter how the document's text would be segmented. */
function matchChinese(word: string, text: string): number {
  if (text.includes(word)) return 1;
  if (word.length < 3) return 0;
  if (text.includes(word.slice(0, -1)) || text.includes(word.slice(1))) return 0.7;
  let found = 0;
  for (let at = 0; at + 2 <= word.length; at += 1) if (text.includes(word.slice(at, at + 2))) found += 1;
  const share = found / (word.length - 1);
  return share >= 0.5 ? share * 0.8 : 0;
}

/** Share of the terms' weight that a text holds, in [0, 1]. */
export function coverageOf(terms: readonly Term[], text: MatchableText): number {
  const total = terms.reduce((sum, term) => sum + term.weight, 0);
  const found = terms.reduce((sum, term) => sum + term.weight * matchTerm(term, text), 0);
  return total === 0 ? 0 : found / total;
}
