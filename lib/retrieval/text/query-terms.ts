import { characterGrams } from "./character-grams";
import { segment } from "./segment";
import { isStopWord } from "./stop-words";

/** A term of a query and how much it counts, in (0, 1]. */
export interface QueryTerm {
  term: string;
  weight: number;
}

/** What the turn before counts against the question itself; each earlier one counts less by the decay. */
const LAST_TURN_WEIGHT = 0.4;
const TURN_DECAY = 0.7;
const TURNS_REMEMBERED = 6;

/** The different terms of a text that say what it is about; none for small talk. */
export function contentTerms(text: string): string[] {
  return [...new Set(segment(text))].filter((term) => !isStopWord(term));
}

/** Terms of a question, followed by those that only the turns before it have (`history`, oldest first). */
export function queryTerms(question: string, history: readonly string[]): QueryTerm[] {
  return weighted(question, history, (text, isQuestion) => {
    const content = contentTerms(text);
    return content.length > 0 || !isQuestion ? content : segment(text);
  });
}

/** The same, but of small talk nothing is left: what the words say of the subject, and no more. */
export function subjectTerms(question: string, history: readonly string[]): QueryTerm[] {
  return weighted(question, history, contentTerms);
}

/** The same for character grams. */
export function queryGrams(question: string, history: readonly string[]): QueryTerm[] {
  return weighted(question, history, (text) =>
    text.split(/\s+/).filter(saysSomething).flatMap(characterGrams),
  );
}

function saysSomething(word: string): boolean {
  return segment(word).some((term) => !isStopWord(term));
}

/** The question with weight 1, then the turns before it, the last one first, with what each counts. */
export function historyWeights(
  question: string,
  history: readonly string[],
): { text: string; weight: number }[] {
  const turns = history.slice(-TURNS_REMEMBERED).reverse();
  const earlier = turns.map((text, age) => ({ text, weight: LAST_TURN_WEIGHT * TURN_DECAY ** age }));
  return [{ text: question, weight: 1 }, ...earlier];
}

function weighted(
  question: string,
  history: readonly string[],
  termsOf: (text: string, isQuestion: boolean) => string[],
): QueryTerm[] {
  const weights = new Map<string, number>();
  for (const { text, weight } of historyWeights(question, history)) {
    for (const term of termsOf(text, text === question)) {
      if (!weights.has(term)) weights.set(term, weight);
    }
  }
  return [...weights].map(([term, weight]) => ({ term, weight }));
}
