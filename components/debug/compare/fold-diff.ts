import type { DiffPiece } from "@/lib/run-view/diff-texts";

/** A stretch of a shown diff; a `folded` one is common to both texts and hidden until somebody opens it. */
export type FoldedPiece = DiffPiece | { kind: "folded"; text: string };

/** What stays visible of a common text beside a change. */
const CONTEXT = 90;
/** Folding less would cost more room than it gives. */
const LEAST_FOLDED = 160;

/** Hides the long stretches that two texts have in common, except beside their changes. Loses no character. */
export function foldDiff(pieces: readonly DiffPiece[]): FoldedPiece[] {
  return pieces.flatMap((piece, index) =>
    piece.kind === "same" ? foldSame(piece.text, index > 0, index < pieces.length - 1) : piece,
  );
}

function foldSame(text: string, changeBefore: boolean, changeAfter: boolean): FoldedPiece[] {
  const from = changeBefore ? cutAt(text, CONTEXT) : 0;
  const to = changeAfter ? cutAt(text, text.length - CONTEXT) : text.length;
  if (to - from < LEAST_FOLDED) return [{ kind: "same", text }];
  const parts: FoldedPiece[] = [
    { kind: "same", text: text.slice(0, from) },
    { kind: "folded", text: text.slice(from, to) },
    { kind: "same", text: text.slice(to) },
  ];
  return parts.filter((part) => part.kind !== "same" || part.text !== "");
}

/** The nearest place before `offset` that is between two words, else one that is between two characters. */
function cutAt(text: string, offset: number): number {
  if (offset <= 0 || offset >= text.length) return Math.min(Math.max(offset, 0), text.length);
  const space = text.slice(offset - 24, offset).search(/\s\S*$/);
  if (offset >= 24 && space >= 0) return offset - 24 + space + 1;
  const low = text.charCodeAt(offset);
  return low >= 0xdc00 && low <= 0xdfff ? offset - 1 : offset;
}
