/** Words whose full stop ends no sentence. */
const ABBREVIATIONS = new Set(
  "e.g i.e etc vs cf mr mrs ms dr prof st no fig inc ltd co corp approx dept est jr sr al ca resp u.s u.k a.m p.m".split(
    " ",
  ),
);

/** Where a sentence may end: Chinese marks anywhere, Latin ones before white space. */
const POSSIBLE_END = /[。！？]{1,6}[”’」』）】"')]{0,6}|[.!?…]{1,6}[”’"')\]*_]{0,6}(?=\s)/g;

const POINTS_BACK =
  /^(?:this|it|its|they|their|these|those|that|such|he|she|in that case|otherwise|then|however|but|also|without it)\b|^(?:此|该|它|这|其|他|她|否则|因此|所以|但|同时|另外)/i;

/** Cuts prose into sentences; abbreviations, initials, versions and inline code end none. */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  let isCode = false;
  let read = 0;
  for (const match of text.matchAll(POSSIBLE_END)) {
    const end = match.index + match[0].length;
    for (const _ of text.slice(read, match.index).matchAll(/`/g)) isCode = !isCode;
    read = match.index;
    if (isCode || !endsSentence(text, { start, at: match.index, end })) continue;
    sentences.push(text.slice(start, end));
    start = end;
  }
  sentences.push(text.slice(start));
  return sentences.map((sentence) => balanceMarks(sentence.trim())).filter(Boolean);
}

function endsSentence(text: string, { start, at, end }: { start: number; at: number; end: number }): boolean {
  if (/[。！？]/.test(text[at] ?? "")) return true;
  const next = text.slice(end, end + 80).trimStart()[0];
  if (next === undefined) return true;
  if (/\p{Ll}/u.test(next)) return false;
  if (text[at] !== ".") return true;
  // "Ctrl+." is a key.
  if (/[+\-/=_]/.test(text[at - 1] ?? "")) return false;
  const before = text.slice(Math.max(start, at - 20), at).trimStart();
  const word = /[\p{L}\p{N}.]+$/u.exec(before)?.[0] ?? "";
  const isInitial = /^\p{Lu}$/u.test(word);
  const isListNumber = /^\d+$/.test(word) && before === word;
  return !isInitial && !isListNumber && !ABBREVIATIONS.has(word.toLowerCase());
}

/** Emphasis that spans several sentences would be left open in each of them: it goes. */
function balanceMarks(sentence: string): string {
  const isOpen = (mark: string) => sentence.split(mark).length % 2 === 0;
  return ["**", "__", "~~"].reduce(
    (text, mark) => (isOpen(mark) ? text.replaceAll(mark, "") : text),
    sentence,
  );
}

/** Begins with a word that points back: it cannot stand without the sentence before it. */
export function pointsBack(sentence: string): boolean {
  return POINTS_BACK.test(sentence);
}

/** Ends with a colon: it introduces what comes after it. */
export function endsOpen(sentence: string): boolean {
  return /[:：][*_]*$/.test(sentence);
}
