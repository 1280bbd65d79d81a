/** A stretch of text that is, or is not, one of the query's words. */
export interface MarkedText {
  text: string;
  marked: boolean;
}

const HAN = /\p{Script=Han}/u;
const FILLERS = new Set(
  (
    "about and any are can could did does for from has have how into its long may much not our should some " +
    "than that the their them then there these they this was what when where which who why will with would " +
    "you your 什么 怎么 怎样 如何 多少 多久 是否 可以 能否 哪些 哪个 为什么 我们 你们 他们 一个 这个 那个 请问 还能 以及"
  ).split(" "),
);

/** Characters that join words; a single one of the others may be half of a word the segmenter does not know. */
const JOINING = new Set(
  "的了是在和与或吗呢吧把被就都也很到从对为以及要会能可不我你他她它这那有没多少几个着过给向由等",
);

/** The words of a query that are worth marking: three letters or two Chinese characters and more, no fillers. */
export function queryTerms(query: string): string[] {
  const terms = wordsOf(query)
    .map((word) => word.toLowerCase())
    .filter((word) => word.length >= (HAN.test(word) ? 2 : 3) && !FILLERS.has(word));
  return [...new Set(terms)];
}

/** Words as the segmenter sees them, but neighbouring single Chinese characters as one. */
function wordsOf(query: string): string[] {
  const words: string[] = [];
  let pending = "";
  for (const { segment, isWordLike } of new Intl.Segmenter("zh", { granularity: "word" }).segment(query)) {
    if (segment.length === 1 && HAN.test(segment) && !JOINING.has(segment)) {
      pending += segment;
      continue;
    }
    words.push(pending, isWordLike ? segment : "");
    pending = "";
  }
  return [...words, pending];
}

/** The text in stretches, marked where a term stands (plural forms too); joined again they are the text. */
export function markTerms(text: string, terms: readonly string[]): MarkedText[] {
  if (terms.length === 0) return text === "" ? [] : [{ text, marked: false }];
  const pattern = new RegExp(`(${[...terms].sort(longestFirst).map(toPattern).join("|")})`, "giu");
  return text
    .split(pattern)
    .map((part, index) => ({ text: part, marked: index % 2 === 1 }))
    .filter((part) => part.text !== "");
}

/** Words of alphabets stand alone or in the plural; Chinese has no spaces to stand between. */
function toPattern(term: string): string {
  const literal = term.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  return HAN.test(term) ? literal : `(?<![\\p{L}\\p{N}])${literal}(?:e?s)?(?![\\p{L}\\p{N}])`;
}

function longestFirst(a: string, b: string): number {
  return b.length - a.length;
}
