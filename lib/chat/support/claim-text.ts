import { withDigits } from "./number-words";

const STOP_WORDS = new Set(
  (
    "a an the is are was were be been being of to in on at for and or it its this that these those with as by from " +
    "you your we our they their them there here which who whose what when where how can could will would should may " +
    "might must do does did has have had also both so than then if but not no nor never without i he she his her " +
    "yes about into over up out only just such any all each more most some"
  ).split(" "),
);
const FUNCTION_CHARACTERS = new Set("的了是在和与及或也都就而其之有为以于对从到把被这那");
/** The longest comes first; what is left must still say which word it was. */
const SUFFIXES = [
  "ations",
  "ation",
  "ments",
  "ment",
  "ions",
  "ings",
  "ion",
  "ing",
  "ies",
  "ers",
  "ed",
  "er",
  "es",
  "ly",
  "s",
  "e",
  "y",
];
const LEAST_STEM = 4;

/** Prose without the marks of Markdown and citations, in one case and width. */
export function plainClaim(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\[\d{1,3}\]/g, " ")
    .replace(/[*_`~>|#]+/g, " ");
}

/**
 * What a text speaks of: stems of Latin words without the commonest ones, numbers as digits, and Chinese as characters
 * and pairs of neighbours, which need no dictionary.
 */
export function termsOf(text: string): string[] {
  const folded = withDigits(plainClaim(text)).toLowerCase();
  const words =
    folded.match(/\d+(?:[.,:]\d+)*|[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d]+/gu) ?? [];
  const runs = folded.match(/\p{Script=Han}+/gu) ?? [];
  const terms = words.filter((word) => !STOP_WORDS.has(word)).map(stem);
  return [...new Set([...terms, ...runs.flatMap(charactersOf)])];
}

function stem(word: string): string {
  const suffix = SUFFIXES.find((end) => word.endsWith(end) && word.length - end.length >= LEAST_STEM);
  return suffix ? word.slice(0, -suffix.length) : word;
}

function charactersOf(run: string): string[] {
  const characters = [...run];
  const pairs = characters.slice(1).map((character, index) => `${characters[index]}${character}`);
  return [...characters.filter((character) => !FUNCTION_CHARACTERS.has(character)), ...pairs];
}

/** Names and codes: words with a capital inside of the sentence, and what mixes letters with digits or signs. */
export function namesIn(text: string): string[] {
  const words = [
    ...plainClaim(text).matchAll(/[\p{Script=Latin}][\p{Script=Latin}\d]*(?:[-_.][\p{Script=Latin}\d]+)*/gu),
  ];
  const names = words.filter(({ 0: word, index }) => {
    const first = !/[\p{L}\d]/u.test(text.slice(0, index)) || /[.!?:]\s*$/.test(text.slice(0, index));
    if (STOP_WORDS.has(word.toLowerCase())) return false;
    return /\d|_|\p{Ll}\p{Lu}|^\p{Lu}{2,}/u.test(word) || (!first && /^\p{Lu}/u.test(word));
  });
  return [...new Set(names.map(([word]) => word))];
}

const HARMLESS =
  /not only|no later than|no more than|no less than|whether or not|不仅|不但|不只|不同|不过|不断|不管|不论|不久|无论|非常|除非|未来|不超过|不少于|不晚于/gi;
const NEGATION = /\b(?:not|no|never|none|neither|nor|cannot|without)\b|n['’]t\b|[不没无未非勿]|禁止/i;

/** Whether a text denies something. */
export function isNegated(text: string): boolean {
  return NEGATION.test(text.replace(HARMLESS, " "));
}

const TABLE_RULE = /^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/;
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

/** Whether two texts are in scripts that have no words in common. */
export function speaksOtherScript(a: string, b: string): boolean {
  return Math.abs(hanShare(a) - hanShare(b)) > 0.6;
}

function hanShare(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters === 0 ? 0 : han / letters;
}

/** The sentences of a text, list entries among them; a row of a table comes with the heads of its columns. */
export function sentencesOf(text: string): string[] {
  let heads = "";
  const lines = text.split(/\n+/);
  return lines.flatMap((line, index) => {
    const isRow = line.trimStart().startsWith("|");
    if (!isRow) heads = "";
    else if (TABLE_RULE.test(lines[index + 1] ?? "")) heads = line;
    if (!SAYS_SOMETHING.test(line)) return [];
    if (isRow && heads !== "" && line !== heads) return [`${heads} ${line}`];
    return line.split(/(?<=[。！？])|(?<=[.!?])\s+/).filter((part) => SAYS_SOMETHING.test(part));
  });
}
