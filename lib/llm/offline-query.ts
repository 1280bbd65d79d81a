import { parsePrompt } from "@/lib/domain/prompt-format";
import { stem } from "./offline-stem";
import {
  chineseWords,
  hasChinese,
  isGeneric,
  isStopWord,
  languageOf,
  partsOf,
  writtenWords,
} from "./offline-words";

export interface Term {
  /** A stem, or a Chinese word. */
  text: string;
  /** Stems that a compound like `langfuse_host` is made of; empty for a plain word. */
  parts: string[];
  chinese: boolean;
  /** 1 for a word of the question with a meaning of its own. */
  weight: number;
}

/** Weight from which on a term says what the question is about. */
export const SPECIFIC_WEIGHT = 0.4;

/** What kind of answer the question asks for. */
export type Intent = "number" | "steps" | "list" | "definition" | "reason";

export interface Query {
  language: "en" | "zh";
  /** Terms of the question itself. */
  own: Term[];
  /** Terms of earlier questions, for a question that leans on them; lighter. */
  earlier: Term[];
  intents: ReadonlySet<Intent>;
}

const GENERIC_WEIGHT = 0.15;
/** The document may name the deed otherwise; what it is done to has one name. */
const ASKED_VERB_WEIGHT = 0.5;
const SINGLE_CHARACTER_WEIGHT = 0.4;
/** `AGENT_PORT`, `api/ready`, `401`: the same in every language, and never by chance. */
const IDENTIFIER_WEIGHT = 1.5;
const ASKED_VERB =
  /\b(?:how (?:do|can|should|could|would|to|does|did)|can|may|could|should|do)\b(?: (?:i|we|you|one|they|somebody|someone|people))? (?:not )?([a-z]+)/i;
/** Weights of the last user turns, the latest first. */
const HISTORY_WEIGHTS = [0.4, 0.25, 0.15];
const MOST_TERMS = 40;

const LEANING_ENGLISH =
  /^(?:and|but|so|or|also|then|what about|how about|what if|more|else)\b|\b(?:it|its|they|them|their|that|this|those|these|there|he|she|his|her|same|one|ones)\b/i;
const LEANING_CHINESE =
  /^(?:那|那么|还有|另外|以及|如果|它|这|其)|呢[？?。\s]*$|它|这个|那个|这种|上面|上述|刚才|继续|更多|再/;

const INTENTS: readonly (readonly [Intent, RegExp])[] = [
  [
    "number",
    /\bhow (?:many|much|long|often|old|far|big|large|high|late|early|soon)\b|\bwhen\b|\bwhat (?:time|date|day|year|number|percentage|price|amount|port)\b|\bdefault\b|多少|多久|多长|多大|几|什么时候|何时|期限|默认/i,
  ],
  [
    "steps",
    /\bhow (?:do|can|should|to|would|could)\b|\bsteps?\b|\bset ?up\b|\binstall|\bconfigure|怎么|怎样|如何|步骤|流程/i,
  ],
  ["list", /\b(?:which|list|what are|what kinds?|name the)\b|哪些|有什么|列出|包括/i],
  [
    "definition",
    /^\s*(?:what|who) (?:is|are|was|were)\b|\bmean(?:s|ing)?\b|是什么|什么是|指什么|什么意思|定义/i,
  ],
  ["reason", /\bwhy\b|\breason|为什么|为何|原因/i],
];

/** Reads what a question asks about; `history` are the user's earlier turns, oldest first. */
export function parseQuery(question: string, history: readonly string[]): Query {
  const own = termsOf(question, 1);
  return {
    language: languageOf(question),
    own,
    earlier: leansOnHistory(question, own) ? earlierTerms(own, history) : [],
    intents: intentsOf(question),
  };
}

/** The kinds of answer that a question, or a heading, speaks of. */
export function intentsOf(text: string): ReadonlySet<Intent> {
  return new Set(INTENTS.flatMap(([intent, pattern]) => (pattern.test(text) ? [intent] : [])));
}

function leansOnHistory(question: string, own: readonly Term[]): boolean {
  const specific = own.filter((term) => term.weight >= ASKED_VERB_WEIGHT).length;
  if (specific <= 1) return true;
  return specific <= 3 && (hasChinese(question) ? LEANING_CHINESE : LEANING_ENGLISH).test(question.trim());
}

function earlierTerms(own: readonly Term[], history: readonly string[]): Term[] {
  const known = new Set(own.map((term) => term.text));
  const terms: Term[] = [];
  for (const [index, weight] of HISTORY_WEIGHTS.entries()) {
    const turn = history.at(-1 - index);
    if (turn === undefined) break;
    for (const term of termsOf(parsePrompt(turn)?.question ?? turn, weight)) {
      if (known.has(term.text)) continue;
      known.add(term.text);
      terms.push(term);
    }
  }
  return terms;
}

/** The words of a text that carry its meaning, each once. */
function termsOf(text: string, weight: number): Term[] {
  const terms = new Map<string, Term>();
  const add = (term: Omit<Term, "weight">, share: number) => {
    if (!terms.has(term.text)) terms.set(term.text, { ...term, weight: weight * share });
  };
  const verb = ASKED_VERB.exec(text)?.[1]?.toLowerCase();
  for (const word of writtenWords(text)) {
    if (isStopWord(word) || (word.length === 1 && !/\d/.test(word))) continue;
    const parts = partsOf(word);
    const stems = parts.length > 1 ? parts.filter((part) => !isStopWord(part)).map(stem) : [];
    const share = Math.min(shareOfWord(word), word === verb ? ASKED_VERB_WEIGHT : Number.POSITIVE_INFINITY);
    add({ text: stem(word), parts: stems, chinese: false }, share);
  }
  for (const word of chineseWords(text)) {
    add({ text: word, parts: [], chinese: true }, shareOfWord(word));
  }
  return [...terms.values()].slice(0, MOST_TERMS);
}

function shareOfWord(word: string): number {
  if (isGeneric(word) || isGeneric(stem(word))) return GENERIC_WEIGHT;
  if (/[_/\d]/.test(word)) return IDENTIFIER_WEIGHT;
  return word.length === 1 ? SINGLE_CHARACTER_WEIGHT : 1;
}
