import type { SupportEvidence } from "@/lib/domain/citation-support";
import { isNegated, namesIn, plainClaim, sentencesOf, speaksOtherScript, termsOf } from "./claim-text";
import { numbersIn } from "./number-words";

/** A cited sentence and the passage that is to say the same. */
export interface Claim {
  sentence: string;
  /** What was asked: its words may stand in the sentence without being claimed. */
  question: string;
  passage: { text: string; title: string; heading: string };
  /** Further passages that the same sentence cites. */
  others: readonly { text: string }[];
}

export interface Support {
  support: number | null;
  evidence: SupportEvidence | null;
}

/** How much a term says; the rarer in what was retrieved, the more. */
export type TermWeights = (term: string) => number;

/** Neighbouring sentences of the passage that may say together what the answer says in one. */
const WINDOW = 3;
const FACTOR = { missingNumber: 0.4, missingName: 0.5, negation: 0.4 };
/** Below this the two speak of different things, and a "not" in one of them says nothing of the other. */
const SAME_SUBJECT = 0.6;
/** What comes nearly as near as the nearest speaks of the same. */
const AS_NEAR = 0.8;
const LONGEST_EVIDENCE = 400;
/** A passage beside others is supported at most by so many times what it says of the whole sentence. */
const MOST_OF_SHARE = 2;
const UNKNOWN: Support = { support: null, evidence: null };

/**
 * Weights of terms by BM25's inverse document frequency, ln(1 + (N − df + ½) / (df + ½)), over the N sentences of
 * all passages. A term that no passage has weighs as much as one that a single sentence has: it may be a synonym.
 */
export function termWeights(texts: readonly string[]): TermWeights {
  const frequency = new Map<string, number>();
  const sentences = texts.flatMap(sentencesOf);
  for (const sentence of sentences) {
    for (const term of termsOf(sentence)) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  }
  return (term) => {
    const df = Math.max(1, frequency.get(term) ?? 0);
    return Math.log(1 + (sentences.length - df + 0.5) / (df + 0.5));
  };
}

/**
 * How far a passage supports a sentence, by its words:
 *
 *     coverage = Σ weight(terms of the sentence that the window has) / Σ weight(terms of the sentence)
 *     support  = coverage · 0.4 if a number is missing · 0.5 if a name is missing · 0.4 if one side negates
 *
 * over the best window of up to three neighbouring sentences. Title and heading count as part of every window;
 * words of the question that the passage does not have do not count at all. Of a sentence that cites several
 * passages each has to account for what the others do not say, and gets at most twice its coverage of the whole.
 * Null where nothing can be compared.
 */
export function lexicalSupport(claim: Claim, weigh: TermWeights): Support {
  const { sentence, passage } = claim;
  if (speaksOtherScript(sentence, passage.text)) return UNKNOWN;
  const wanted = wantedTerms(claim);
  if (wanted.length === 0) return UNKNOWN;
  const sentences = sentencesOf(passage.text).map((text) => ({ text, terms: termsOf(text) }));
  const context = new Set(termsOf(`${passage.title}\n${passage.heading}`));
  const negation = isDenied(claim, { sentences, wanted, context, weigh });
  const numbers = unknownNumbers(claim);
  const names = unknownNames(claim);
  const best = windowsOf(sentences)
    .map((window) => rateWindow(window, { wanted, context, weigh, numbers, names, negation }))
    .reduce<Rated | null>((top, rated) => (top && top.support >= rated.support ? top : rated), null);
  if (!best) return UNKNOWN;
  const support = Math.min(best.support, MOST_OF_SHARE * best.covered * shareOf(wanted, claim, weigh));
  return { support: Math.round(support * 1000) / 1000, evidence: best.evidence };
}

/** Which part of the sentence is left to this passage, by weight; 1 when it is the only one. */
function shareOf(wanted: readonly string[], claim: Claim, weigh: TermWeights): number {
  if (claim.others.length === 0) return 1;
  const all = wantedTerms({ ...claim, others: [] });
  return weightOf(wanted, weigh) / weightOf(all, weigh);
}

/** What the passage has to account for: not what another passage of the same sentence does. */
function wantedTerms({ sentence, question, passage, others }: Claim): string[] {
  const own = new Set(termsOf(`${passage.title}\n${passage.heading}\n${passage.text}`));
  const elsewhere = new Set(others.flatMap(({ text }) => termsOf(text)));
  const asked = new Set(termsOf(question).filter((term) => !/\d/.test(term)));
  return termsOf(sentence).filter((term) => own.has(term) || !(elsewhere.has(term) || asked.has(term)));
}

/** A text with its terms: those of neighbouring sentences are those of each. */
interface Unit {
  text: string;
  terms: readonly string[];
}

function windowsOf(sentences: readonly Unit[]): Unit[] {
  return sentences.flatMap((_, from) =>
    Array.from({ length: Math.min(WINDOW, sentences.length - from) }, (_unused, more) => {
      const units = sentences.slice(from, from + more + 1);
      return { text: units.map(({ text }) => text).join(" "), terms: units.flatMap(({ terms }) => terms) };
    }),
  );
}

interface Rating {
  wanted: readonly string[];
  context: ReadonlySet<string>;
  weigh: TermWeights;
  /** Of the sentence, which have to stand in the window. */
  numbers: readonly string[];
  /** Of the sentence, which stand nowhere. */
  names: readonly string[];
  negation: boolean;
}

interface Rated {
  support: number;
  covered: number;
  evidence: SupportEvidence;
}

function rateWindow({ text, terms }: Unit, rating: Rating): Rated {
  const { wanted, context, weigh, names, negation } = rating;
  const covered = coverage(wanted, context.union(new Set(terms)), weigh);
  const said = new Set(rating.numbers.length > 0 ? numbersIn(plainClaim(text)) : []);
  const numbers = rating.numbers.filter((number) => !said.has(number));
  const support =
    covered *
    (numbers.length > 0 ? FACTOR.missingNumber : 1) *
    (names.length > 0 ? FACTOR.missingName : 1) *
    (negation ? FACTOR.negation : 1);
  const evidence = { sentence: clip(text), missing: [...numbers, ...names], negation, reason: null };
  return { support, covered, evidence };
}

/** Whether whatever in the passage comes near to the sentence says it the other way round. */
function isDenied(
  { sentence }: Claim,
  {
    sentences,
    wanted,
    context,
    weigh,
  }: Pick<Rating, "wanted" | "context" | "weigh"> & { sentences: readonly Unit[] },
): boolean {
  const rated = sentences.flatMap(withClauses).map(({ text, terms }) => ({
    negated: isNegated(text),
    covered: coverage(wanted, context.union(new Set(terms)), weigh),
  }));
  const nearest = Math.max(0, ...rated.map(({ covered }) => covered));
  const negated = isNegated(sentence);
  const agrees = rated.some((unit) => unit.covered >= nearest * AS_NEAR && unit.negated === negated);
  return nearest >= SAME_SUBJECT && !agrees;
}

/** A sentence, and its parts where it has several: one may deny what another says. */
function withClauses(sentence: Unit): Unit[] {
  const clauses = sentence.text.split(/[，；;,]/);
  if (clauses.length === 1) return [sentence];
  return [sentence, ...clauses.map((text) => ({ text, terms: termsOf(text) }))];
}

function coverage(wanted: readonly string[], found: ReadonlySet<string>, weigh: TermWeights): number {
  const covered = wanted.filter((term) => found.has(term));
  return Math.min(1, weightOf(covered, weigh) / weightOf(wanted, weigh));
}

/** Never 0 for a list with a term in it. */
function weightOf(terms: readonly string[], weigh: TermWeights): number {
  return terms.reduce((total, term) => total + weigh(term), 0);
}

/** Numbers of the sentence that neither what stands over the passage nor another passage says. */
function unknownNumbers({ sentence, passage, others }: Claim): string[] {
  const texts = [passage.title, passage.heading, ...others.map(({ text }) => text)];
  const known = new Set(texts.flatMap((text) => numbersIn(plainClaim(text))));
  return numbersIn(plainClaim(sentence)).filter((number) => !known.has(number));
}

/** A name may stand anywhere in the passage, or in the question. */
function unknownNames({ sentence, question, passage, others }: Claim): string[] {
  const known = plainClaim(
    [question, passage.title, passage.heading, passage.text, ...others.map(({ text }) => text)].join("\n"),
  );
  const folded = known.toLowerCase();
  return namesIn(sentence).filter((name) => !folded.includes(name.toLowerCase()));
}

function clip(text: string): string {
  return text.length <= LONGEST_EVIDENCE ? text : `${text.slice(0, LONGEST_EVIDENCE)}…`;
}
