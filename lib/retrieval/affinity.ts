import type { Collection } from "./index/lexicon";
import type { KbAffinity } from "./passage-index";
import { type QueryTerm, subjectTerms } from "./text/query-terms";
import { segment, spellings } from "./text/segment";

/** What one knowledge base has to say about a question. */
export interface AffinityEvidence {
  kbPrefix: string;
  collection: Collection;
  /** Declared keywords. */
  keywords: readonly string[];
  /** Words of the best passages, each as the index stores them, best first. */
  passages: readonly string[];
}

/** How much the second and third best passages add to what the best one covers. */
const PASSAGE_SHARES = [1, 0.5, 0.25];
/** Coverage is squared: covering half of a question by chance is common, covering most of it is not. */
const CURVE = 2;
/** A question made of declared keywords alone closes this part of the gap to certainty. */
const KEYWORD_SHARE = 0.6;
const SHOWN_SIGNALS = 8;

/**
 * How well a question fits each knowledge base, from the words alone, best first. A term weighs by how
 * rare it is in all of them together, and counts for a knowledge base by how common it is there against
 * where it is most common; the confidence is the weight that the best passages cover. Small talk has no
 * terms and fits nowhere. The turns before (`history`, oldest first) count less, as they do in a search.
 */
export function rankAffinities(
  question: string,
  evidence: readonly AffinityEvidence[],
  history: readonly string[] = [],
): KbAffinity[] {
  const asked = subjectTerms(question, history);
  const terms = asked.map(({ term }) => term);
  const weights = termWeights(asked, evidence);
  const written = new Map([...history, question].flatMap((text) => [...spellings(text)]));
  const affinities = evidence.map((one) => {
    const shares = mapTerms(terms, (term) => (weights.get(term) ?? 0) * leaning(term, one, evidence));
    const declared = declaredWeights([question, ...history], one.keywords, weights);
    const declaredShare = sum([...declared.terms].map((term) => weights.get(term) ?? 0));
    const gap = (1 - coveredBy(one.passages, shares) ** CURVE) * (1 - KEYWORD_SHARE * declaredShare);
    const others = [...shares].filter(([term]) => !declared.terms.has(term));
    const spelled = others.map(([term, weight]): [string, number] => [written.get(term) ?? term, weight]);
    const signals = strongest([...declared.keywords, ...spelled]);
    return { kb_prefix: one.kbPrefix, confidence: Math.min(1, 1 - gap), signals };
  });
  return affinities.sort((a, b) => b.confidence - a.confidence || a.kb_prefix.localeCompare(b.kb_prefix));
}

/**
 * Share of each term in the question's weight; terms that are nowhere weigh the most. The root of the idf
 * keeps one rare word from deciding alone.
 */
function termWeights(
  asked: readonly QueryTerm[],
  evidence: readonly AffinityEvidence[],
): Map<string, number> {
  const passages = sum(evidence.map(({ collection }) => collection.passages));
  const share = ({ term, weight }: QueryTerm) => {
    const n = sum(evidence.map(({ collection }) => collection.documentFrequency(term)));
    return weight * Math.sqrt(Math.log(1 + (passages - n + 0.5) / (n + 0.5)));
  };
  const total = sum(asked.map(share));
  return new Map(asked.map((one) => [one.term, total === 0 ? 0 : share(one) / total]));
}

function mapTerms(terms: readonly string[], weigh: (term: string) => number): Map<string, number> {
  return new Map(terms.map((term) => [term, weigh(term)]));
}

/** How common a term is in one knowledge base against the one where it is most common, in [0, 1]. */
function leaning(term: string, one: AffinityEvidence, evidence: readonly AffinityEvidence[]): number {
  const rate = ({ collection }: AffinityEvidence) =>
    collection.passages === 0 ? 0 : collection.documentFrequency(term) / collection.passages;
  const most = Math.max(...evidence.map(rate));
  return most === 0 ? 0 : rate(one) / most;
}

/** Weight that the best passages cover; what the better one has is not counted again. */
function coveredBy(passages: readonly string[], shares: ReadonlyMap<string, number>): number {
  const open = new Map(shares);
  let covered = 0;
  for (const [at, factor] of PASSAGE_SHARES.entries()) {
    const words = new Set(passages[at]?.split(" "));
    for (const [term, share] of open) {
      if (!words.has(term)) continue;
      covered += factor * share;
      open.delete(term);
    }
  }
  return covered;
}

/** Keywords whose terms stand in a turn one after another, what each weighs, and their terms. */
function declaredWeights(
  turns: readonly string[],
  keywords: readonly string[],
  weights: ReadonlyMap<string, number>,
): { keywords: [string, number][]; terms: Set<string> } {
  const texts = turns.map((turn) => ` ${segment(turn).join(" ")} `);
  const matched = keywords
    .map((keyword) => ({ keyword, terms: segment(keyword) }))
    .filter(({ terms }) => terms.length > 0 && texts.some((text) => text.includes(` ${terms.join(" ")} `)));
  const weightOf = (terms: readonly string[]) => sum(terms.map((term) => weights.get(term) ?? 0));
  return {
    keywords: matched.map(({ keyword, terms }) => [keyword, weightOf(terms)]),
    terms: new Set(matched.flatMap(({ terms }) => terms)),
  };
}

function strongest(signals: readonly [string, number][]): KbAffinity["signals"] {
  const telling = signals.filter(([, weight]) => weight > 0).sort((a, b) => b[1] - a[1]);
  return telling.slice(0, SHOWN_SIGNALS).map(([term, weight]) => ({ term, weight }));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
