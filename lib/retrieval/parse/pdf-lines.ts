import { unifyRadicals } from "./unify-radicals";

/** What pdf.js finds on a page: a piece of text in one font. */
export interface TextPiece {
  str: string;
  /** Matrix of six; the last two are the place of its base line, from the page's lower left corner. */
  transform: readonly number[];
  width: number;
  height: number;
  hasEOL: boolean;
}

/** A line of a page; lengths in points. */
export interface TextLine {
  /** From 1. */
  page: number;
  text: string;
  /** Size of most of its letters. */
  size: number;
  x: number;
  /** Where it ends to the right. */
  end: number;
  /** Its base line, from the page's lower edge up. */
  y: number;
  /** The same as a share of the page's height: 0 at the lower edge, 1 at the upper. */
  height: number;
}

interface Page {
  page: number;
  bottom: number;
  top: number;
}

/** Joins a page's pieces into lines, in the order of the page's content. */
export function toLines(pieces: readonly TextPiece[], page: Page): TextLine[] {
  const lines: TextPiece[][] = [[]];
  for (const piece of pieces) {
    if (!isOnLine(piece, lines.at(-1) ?? [])) lines.push([]);
    lines.at(-1)?.push(piece);
    if (piece.hasEOL) lines.push([]);
  }
  return lines.flatMap((line) => toLine(line, page));
}

function isOnLine(piece: TextPiece, line: readonly TextPiece[]): boolean {
  const last = line.findLast(({ str }) => str.trim() !== "");
  if (!last || piece.str.trim() === "") return true;
  const size = Math.max(sizeOf(piece), sizeOf(last));
  return Math.abs(yOf(piece) - yOf(last)) < size * 0.6;
}

function toLine(pieces: readonly TextPiece[], { page, bottom, top }: Page): TextLine[] {
  const inked = pieces.filter(({ str }) => str.trim() !== "");
  const [first] = inked;
  const last = inked.at(-1);
  if (!first || !last) return [];
  const y = yOf(first);
  const text = cleaned(pieces.map(({ str }) => str).join(""));
  const size = mostCommon(inked, sizeOf, ({ str }) => str.length);
  const height = top > bottom ? (y - bottom) / (top - bottom) : 0;
  return text === "" ? [] : [{ page, text, size, x: xOf(first), end: xOf(last) + last.width, y, height }];
}

/** One space between words, ligatures taken apart, no radicals, no character that has no meaning. */
function cleaned(text: string): string {
  return unifyRadicals(text)
    .replace(/[ﬀ-ﬆ]/g, (ligature) => ligature.normalize("NFKC"))
    .replace(/(?!\s)\p{Cc}|\p{Noncharacter_Code_Point}|[\u200b\ufeff\ufffd]/gu, "")
    .replace(/[\s\u00a0]+/g, " ")
    .trim();
}

/** The value that most weight falls on; 0 when there is nothing. */
export function mostCommon<T>(
  items: readonly T[],
  toValue: (item: T) => number,
  toWeight: (item: T) => number,
) {
  const weights = new Map<number, number>();
  for (const item of items) weights.set(toValue(item), (weights.get(toValue(item)) ?? 0) + toWeight(item));
  return [...weights].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0];
}

/** Half points: the same size is not always written the same. */
function sizeOf({ transform: [, , c = 0, d = 0] }: TextPiece): number {
  return Math.round(Math.hypot(c, d) * 2) / 2;
}

function xOf({ transform }: TextPiece): number {
  return transform[4] ?? 0;
}

function yOf({ transform }: TextPiece): number {
  return transform[5] ?? 0;
}
