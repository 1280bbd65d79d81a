import { diffArrays } from "diff";

/** A stretch of two texts: common to both, or what each has in its place (one of them may be empty). */
export type DiffPiece = { kind: "same"; text: string } | { kind: "changed"; a: string; b: string };

/** How fine two texts were compared; coarser where words would have taken too long. */
export type DiffGrain = "words" | "sentences" | "whole";

export interface TextDiff {
  grain: DiffGrain;
  /** The `same` texts with the `a`s give text a, with the `b`s text b. Never two of a kind in a row. */
  pieces: DiffPiece[];
}

/** Longer texts are not cut into words. */
const MOST_CHARACTERS_BY_WORDS = 200_000;
/** Edits after which a comparison is given up for a coarser one; its time grows with their square. */
const MOST_EDITS = { words: 1500, sentences: 600 };
const WORDISH = /[\p{L}\p{N}]/u;

/**
 * What two texts have in common and what not, by words: Chinese is cut by its dictionary. Texts that differ
 * too much are compared by sentences, then as a whole, so that the time stays bounded. Swapping the texts
 * swaps `a` and `b` and nothing else.
 */
export function diffTexts(a: string, b: string): TextDiff {
  if (a === b) return { grain: "words", pieces: a === "" ? [] : [{ kind: "same", text: a }] };
  if (a === "" || b === "") return { grain: "words", pieces: [{ kind: "changed", a, b }] };
  const words = a.length + b.length <= MOST_CHARACTERS_BY_WORDS ? diffBy("words", a, b) : null;
  return words ?? diffBy("sentences", a, b) ?? { grain: "whole", pieces: [{ kind: "changed", a, b }] };
}

/** Null when there are more edits than may be looked for. */
function diffBy(grain: "words" | "sentences", a: string, b: string): TextDiff | null {
  const cut = grain === "words" ? cutWords : cutSentences;
  // Of several shortest edits the library takes one by the order of its arguments; ours is the same both ways.
  const swapped = a > b;
  const [first, second] = swapped ? [b, a] : [a, b];
  const edits = diffArrays(cut(first), cut(second), { maxEditLength: MOST_EDITS[grain] });
  if (!edits) return null;
  const pieces = edits.map(({ value, removed, added }): DiffPiece => {
    const text = value.join("");
    if (!removed && !added) return { kind: "same", text };
    return removed !== swapped ? { kind: "changed", a: text, b: "" } : { kind: "changed", a: "", b: text };
  });
  return { grain, pieces: spaceOutside(mergeNeighbours(mergeNeighbours(pieces).map(withoutIsland))) };
}

/** Between two changes a common comma or space would only tear the sentence apart. */
function withoutIsland(piece: DiffPiece, index: number, pieces: readonly DiffPiece[]): DiffPiece {
  const inside = index > 0 && index < pieces.length - 1;
  if (piece.kind === "changed" || !inside || WORDISH.test(piece.text) || piece.text.includes("\n"))
    return piece;
  return { kind: "changed", a: piece.text, b: piece.text };
}

/** The white space that both sides of a change end with is no part of it. */
function spaceOutside(pieces: readonly DiffPiece[]): DiffPiece[] {
  const moved: DiffPiece[] = [];
  let space = "";
  for (const piece of pieces) {
    if (piece.kind === "same") moved.push({ kind: "same", text: space + piece.text });
    const [endA, endB] = piece.kind === "same" ? ["", ""] : [spaceAtEnd(piece.a), spaceAtEnd(piece.b)];
    space = endA === endB ? endA : "";
    if (piece.kind === "changed") {
      moved.push({ ...piece, a: without(piece.a, space), b: without(piece.b, space) });
    }
  }
  return space === "" ? moved : [...moved, { kind: "same", text: space }];
}

const spaceAtEnd = (text: string) => /\s*$/.exec(text)?.[0] ?? "";
const without = (text: string, end: string) => (end === "" ? text : text.slice(0, -end.length));

function mergeNeighbours(pieces: readonly DiffPiece[]): DiffPiece[] {
  const merged: DiffPiece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (last?.kind === "changed" && piece.kind === "changed") {
      merged[merged.length - 1] = { kind: "changed", a: last.a + piece.a, b: last.b + piece.b };
    } else merged.push(piece);
  }
  return merged;
}

/** Words and marks, each with the white space behind it. */
function cutWords(text: string): string[] {
  const words: string[] = [];
  for (const { segment } of new Intl.Segmenter("zh", { granularity: "word" }).segment(text)) {
    const last = words.at(-1);
    if (last !== undefined && segment.trim() === "" && !segment.includes("\n")) {
      words[words.length - 1] = last + segment;
    } else words.push(segment);
  }
  return words;
}

function cutSentences(text: string): string[] {
  return [...new Intl.Segmenter("zh", { granularity: "sentence" }).segment(text)].map(
    ({ segment }) => segment,
  );
}
