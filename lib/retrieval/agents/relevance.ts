import type { Collection } from "@/lib/retrieval/index/lexicon";
import { characterGrams } from "@/lib/retrieval/text/character-grams";
import type { QueryTerm } from "@/lib/retrieval/text/query-terms";

/** Below this share of common pieces a word is another word, not a misspelt one. */
const SAME_WORD = 0.5;

/**
 * The share of the question's idf weight that a passage covers, in [0, 1]. A word that no passage of the
 * knowledge base has may be misspelt: it counts as far as a word of the passage resembles it.
 */
export function coveredShare(
  terms: readonly QueryTerm[],
  words: string,
  { idf, documentFrequency }: Pick<Collection, "idf" | "documentFrequency">,
): number {
  const present = new Set(words.split(" "));
  let total = 0;
  let covered = 0;
  for (const { term, weight } of terms) {
    const share = idf(term) * weight;
    total += share;
    if (present.has(term)) covered += share;
    else if (documentFrequency(term) === 0) covered += share * bestResemblance(term, present);
  }
  return total === 0 ? 0 : Math.min(1, covered / total);
}

function bestResemblance(term: string, words: ReadonlySet<string>): number {
  const grams = new Set(characterGrams(term));
  let best = 0;
  for (const word of words) {
    if (Math.abs(word.length - term.length) <= 2) best = Math.max(best, resemblance(grams, word));
  }
  return best >= SAME_WORD ? best : 0;
}

/** Dice coefficient of the pieces of two words. */
function resemblance(grams: ReadonlySet<string>, word: string): number {
  const others = new Set(characterGrams(word));
  const common = [...others].filter((gram) => grams.has(gram)).length;
  return (2 * common) / (grams.size + others.size);
}
