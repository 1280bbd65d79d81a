import { cutChinese } from "./chinese";
import { fold } from "./fold";
import { stem } from "./stem";

const RUNS = /\p{Script=Han}+|[^\s\p{Script=Han}]+/gu;
const HAN = /^\p{Script=Han}/u;
/** What surrounds a word in prose; plus and hash stay, for C++ and C#. */
const LEADING = /^[^\p{L}\p{N}]+/u;
const TRAILING = /[^\p{L}\p{N}+#]+$/u;
const WORDS = /\p{L}[\p{L}\p{M}]*|\p{N}+/gu;
const CAMEL_HUMP = /(?<=\p{Ll})(?=\p{Lu})/gu;
const DIGIT_GROUP = /(?<=\d),(?=\d{3}(?!\d))/g;
const POSSESSIVE = /['’]s?$/iu;
const ENGLISH = /^[a-z]{3,}$/;
const MAX_TERM_LENGTH = 64;

/**
 * The terms of a text as the index stores and queries ask for them, in order, with repetitions.
 * English words are stems, Chinese ones come from the dictionary, and a product identifier
 * (`request_id`, `LANGFUSE_HOST`, `Ctrl+.`) is itself as well as its parts.
 */
export function segment(text: string): string[] {
  const terms: string[] = [];
  for (const [run] of fold(text).matchAll(RUNS)) {
    if (HAN.test(run)) terms.push(...cutChinese(run));
    else terms.push(...latinTerms(run));
  }
  return terms;
}

/** How the terms of a text were written there: "langfus" → "langfuse". Parts of a compound stay as they are. */
export function spellings(text: string): Map<string, string> {
  const written = new Map<string, string>();
  for (const [run] of fold(text).matchAll(RUNS)) {
    const [term, ...more] = HAN.test(run) ? [] : latinTerms(run);
    if (term !== undefined && more.length === 0) written.set(term, trimPunctuation(run).toLowerCase());
  }
  return written;
}

function latinTerms(run: string): string[] {
  const core = trimPunctuation(run.replace(DIGIT_GROUP, "").replace(POSSESSIVE, ""));
  const parts = core.replace(CAMEL_HUMP, " ").match(WORDS) ?? [];
  if (parts.length === 0) return [];
  const terms = parts.map((part) => stemOf(part.toLowerCase()));
  const whole = core.toLowerCase();
  const isCompound = whole !== parts[0]?.toLowerCase() && whole.length <= MAX_TERM_LENGTH;
  return isCompound ? [whole, ...terms] : terms;
}

/** Drops the punctuation around a word, but not the last key of a shortcut such as `Ctrl+.` */
function trimPunctuation(run: string): string {
  const start = LEADING.exec(run)?.[0].length ?? 0;
  const core = run.slice(start).replace(TRAILING, "");
  const shortcutKey = /\p{L}\+$/u.test(core) ? run.charAt(start + core.length) : "";
  return core + shortcutKey.trim();
}

function stemOf(word: string): string {
  return ENGLISH.test(word) ? stem(word) : word.slice(0, MAX_TERM_LENGTH);
}
