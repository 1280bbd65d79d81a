import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DiffPiece } from "@/lib/run-view/diff-texts";
import { foldDiff } from "./fold-diff";

const text = fc.array(fc.constantFrom("word ", "词语", "👩‍🚀", "\n", "x"), { minLength: 1, maxLength: 200 });
const piece = text.map((parts): DiffPiece => ({ kind: "same", text: parts.join("") }));
const change: DiffPiece = { kind: "changed", a: "a", b: "b" };
const same = (length: number): DiffPiece => ({ kind: "same", text: "word ".repeat(length / 5) });

describe("a folded diff", () => {
  it("loses no character and cuts none in two", () => {
    fc.assert(
      fc.property(piece, piece, (first, last) => {
        const folded = foldDiff([first, change, last]);
        const texts = (pieces: readonly { kind: string; text?: string }[]) =>
          pieces.map((part) => part.text ?? "|").join("");
        expect(texts(folded)).toBe(texts([first, change, last]));
        for (const part of folded) if ("text" in part) expect(part.text.isWellFormed()).toBe(true);
      }),
    );
  });

  it("keeps the words beside a change and hides the rest", () => {
    const kinds = foldDiff([same(1000), change, same(1000)]).map(({ kind }) => kind);
    expect(kinds).toEqual(["folded", "same", "changed", "same", "folded"]);
  });

  it("hides a text without any change and leaves a short one alone", () => {
    expect(foldDiff([same(1000)]).map(({ kind }) => kind)).toEqual(["folded"]);
    expect(foldDiff([same(100), change]).map(({ kind }) => kind)).toEqual(["same", "changed"]);
  });
});
