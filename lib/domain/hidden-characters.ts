/** A stretch of a text: characters that are read, or hidden ones of one kind. */
export interface HiddenPiece {
  text: string;
  /** Where the stretch is hidden: `U+200B`, or a range where each character of it means another letter. */
  code: string | null;
}

/** How often hidden characters of one kind stand in some texts. */
export interface HiddenCount {
  code: string;
  count: number;
}

/** Scripts that need joiners to be written right; there one joiner after a letter or mark is spelling. */
const JOINING_SCRIPTS = [
  "Arabic",
  "Bengali",
  "Devanagari",
  "Gujarati",
  "Gurmukhi",
  "Kannada",
  "Khmer",
  "Malayalam",
  "Mongolian",
  "Myanmar",
  "Nko",
  "Oriya",
  "Sinhala",
  "Syriac",
  "Tamil",
  "Telugu",
]
  .map((script) => `\\p{scx=${script}}`)
  .join("");

const EMOJI = String.raw`\p{Extended_Pictographic}[\p{Emoji_Modifier}\ufe0f]?`;
/** The three flags that are written with tag characters: England, Scotland, Wales. */
const TAG_FLAGS = ["gbeng", "gbsct", "gbwls"]
  .map((region) =>
    Array.from(region, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join(""),
  )
  .join("|");

/** Where a character that is not seen belongs to what is seen, together with what it belongs to. */
const SPELLING = [
  String.raw`\u{1f3f4}(?:${TAG_FLAGS})\u{e007f}`,
  String.raw`${EMOJI}(?:\u200d${EMOJI})+`,
  String.raw`\p{Emoji}[\ufe0e\ufe0f]`,
  String.raw`\p{scx=Han}[\ufe00-\ufe02\u{e0100}-\u{e01ef}]`,
  String.raw`\p{scx=Mongolian}[\u180b-\u180d\u180f]`,
  String.raw`(?=[\p{L}\p{M}])[${JOINING_SCRIPTS}][\u200c\u200d]`,
].join("|");

/**
 * Zero-width and bidi controls, tag characters, fillers, variation selectors (Unicode's
 * Default_Ignorable_Code_Point) and interlinear marks.
 */
const HIDDEN = String.raw`[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]`;
const ANY_HIDDEN = new RegExp(HIDDEN, "u");
const SPELLING_OR_HIDDEN = new RegExp(`(${SPELLING})|${HIDDEN}`, "gu");

/**
 * The text without characters that a reader cannot see and a model can: they can carry instructions. What
 * emoji and scripts are spelled with stays.
 */
export function withoutHidden(text: string): string {
  if (!ANY_HIDDEN.test(text)) return text;
  return text.replace(SPELLING_OR_HIDDEN, (_match, spelling: string | undefined) => spelling ?? "");
}

/** The text in stretches; joined again they are the text. Neighbours of one kind are one stretch. */
export function splitHidden(text: string): HiddenPiece[] {
  if (!ANY_HIDDEN.test(text)) return text === "" ? [] : [{ text, code: null }];
  const pieces: HiddenPiece[] = [];
  const add = (piece: string, code: string | null) => {
    const last = pieces.at(-1);
    if (last?.code === code) last.text += piece;
    else if (piece !== "") pieces.push({ text: piece, code });
  };
  let read = 0;
  for (const { 0: match, 1: spelling, index } of text.matchAll(SPELLING_OR_HIDDEN)) {
    if (spelling !== undefined) continue;
    add(text.slice(read, index), null);
    add(match, codeOf(match));
    read = index + match.length;
  }
  add(text.slice(read), null);
  return pieces;
}

/** The hidden characters of some texts, each kind once, in the order in which they come. */
export function countHidden(texts: readonly string[]): HiddenCount[] {
  const counts = new Map<string, number>();
  for (const { text, code } of texts.flatMap(splitHidden)) {
    if (code !== null) counts.set(code, (counts.get(code) ?? 0) + Array.from(text).length);
  }
  return Array.from(counts, ([code, count]) => ({ code, count }));
}

/** Characters that only together carry something: variation selectors, tags. */
const RANGES = [
  [0xfe00, 0xfe0f],
  [0xe0000, 0xe007f],
  [0xe0100, 0xe01ef],
] as const;

function codeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = (point: number) => point.toString(16).toUpperCase().padStart(4, "0");
  const range = RANGES.find(([first, last]) => first <= code && code <= last);
  return range ? `U+${range.map(hex).join("–")}` : `U+${hex(code)}`;
}
