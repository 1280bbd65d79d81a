/** Endings by length, longest first, with what must be left of the word for the ending to be one. */
const ENDINGS: readonly (readonly [ending: string, rest: number, replacement: string])[] = [
  ["izations", 3, "ize"],
  ["ization", 3, "ize"],
  ["ations", 4, ""],
  ["ation", 4, ""],
  ["ments", 4, ""],
  ["ment", 4, ""],
  ["ings", 3, ""],
  ["ions", 4, ""],
  ["ies", 3, "y"],
  ["ied", 3, "y"],
  ["ing", 3, ""],
  ["ion", 4, ""],
  ["ers", 4, ""],
  ["ed", 3, ""],
  ["er", 4, ""],
  ["al", 5, ""],
  ["ly", 4, ""],
  ["es", 3, ""],
  ["s", 3, ""],
];

/** Verbs whose forms no ending explains. */
const IRREGULAR = new Map([
  ["kept", "keep"],
  ["lost", "lose"],
  ["ran", "run"],
  ["sent", "send"],
  ["paid", "pay"],
  ["built", "build"],
  ["chose", "choose"],
  ["chosen", "choose"],
  ["wrote", "write"],
  ["written", "write"],
  ["made", "make"],
  ["found", "find"],
  ["taken", "take"],
  ["given", "give"],
  ["shown", "show"],
  ["left", "leave"],
  ["bought", "buy"],
  ["children", "child"],
  ["people", "person"],
]);

/** Brings an English word's forms together: keeps → keep, stored → stor, policies → policy. */
export function stem(word: string): string {
  const known = IRREGULAR.get(word);
  if (known) return stem(known);
  if (word.length < 4 || /[^a-z]/.test(word) || word.endsWith("ss")) return word;
  for (const [ending, rest, replacement] of ENDINGS) {
    if (word.endsWith(ending) && word.length - ending.length >= rest) {
      return tidy(word.slice(0, -ending.length) + replacement);
    }
  }
  return tidy(word);
}

/** running → runn → run; store → stor. */
function tidy(word: string): string {
  if (/([bdfgmnprt])\1$/.test(word)) return word.slice(0, -1);
  return word.length > 3 && word.endsWith("e") ? word.slice(0, -1) : word;
}
