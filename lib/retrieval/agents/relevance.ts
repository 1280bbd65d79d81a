import type { Collection } from "@/lib/retrieval/index/lexicon";
import { characterGrams } from "@/lib/retrieval/text/character-grams";
import type { QueryTerm } from "@/lib/retrieval/text/query-terms";

/** Below this share of common pieces a word is another word, not a misspelt one. */
const SAME_WORD = 0.5;
/** By so many characters a misspelt word may be longer or shorter. */
const SIMILAR_LENGTH = 2;

/**
 * Judges passages by their words: the share of the question's idf weight that a passage covers, in [0, 1].
 * A word that no passage of the knowledge base has may be misspelt: it counts as far as a word of the passage
 * resembles it.
 */
export function createCoverage(
  terms: readonly QueryTerm[],
  { idf, documentFrequency }: Pick<Collection, "idf" | "documentFrequency">,
): (words: string) => number {
  const gramsOf = rememberGrams();
  const judged = terms.map(({ term, weight }) => ({
    term,
    share: idf(term) * weight,
    mayBeMisspelt: documentFrequency(term) === 0,
  }));
  const total = judged.reduce((sum, { share }) => sum + share, 0);
  return (words) => {
    const padded = ` ${words} `;
    let covered = 0;
    for (const { term, share, mayBeMisspelt } of judged) {
      if (padded.includes(` ${term} `)) covered += share;
      else if (mayBeMisspelt) covered += share * bestResemblance(term, words, gramsOf);
    }
    return total === 0 ? 0 : Math.min(1, covered / total);
  };
}

type GramsOf = (word: string) => ReadonlySet<string>;

/** The passages that one question finds have most words in common. */
function rememberGrams(): GramsOf {
  const known = new Map<string, ReadonlySet<string>>();
  return (word) => {
    const grams = known.get(word) ?? new Set(characterGrams(word));
    known.set(word, grams);
    return grams;
  };
}

function bestResemblance(term: string, words: string, gramsOf: GramsOf): number {
  const grams = gramsOf(term);
  let best = 0;
  for (const word of words.split(" ")) {
    if (Math.abs(word.length - term.length) <= SIMILAR_LENGTH)
      best = Math.max(best, resemblance(grams, gramsOf(word)));
  }
  return best >= SAME_WORD ? best : 0;
}

/** Dice coefficient of the pieces of two words. */
function resemblance(grams: ReadonlySet<string>, others: ReadonlySet<string>): number {
  let common = 0;
  for (const gram of others) if (grams.has(gram)) common += 1;
  return (2 * common) / (grams.size + others.size);
}
