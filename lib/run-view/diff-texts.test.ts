import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DiffPiece, diffTexts } from "./diff-texts";

const word = fc.constantFrom(
  "the ",
  "old ",
  "key ",
  "stays ",
  "valid, ",
  "年假",
  "天数",
  "。",
  "\n",
  "24 h ",
  ".",
);
const text = fc.oneof(
  fc.array(word, { maxLength: 60 }).map((words) => words.join("")),
  fc.string(),
);

const side = (pieces: readonly DiffPiece[], of: "a" | "b") =>
  pieces.map((piece) => (piece.kind === "same" ? piece.text : piece[of])).join("");
const swapped = (piece: DiffPiece): DiffPiece =>
  piece.kind === "same" ? piece : { kind: "changed", a: piece.b, b: piece.a };

describe("a text diff", () => {
  it("gives both texts back, character by character", () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const { pieces } = diffTexts(a, b);
        expect([side(pieces, "a"), side(pieces, "b")]).toEqual([a, b]);
      }),
    );
  });

  it("is its own mirror image when the texts are swapped", () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const there = diffTexts(a, b);
        expect(diffTexts(b, a)).toEqual({ ...there, pieces: there.pieces.map(swapped) });
      }),
    );
  });

  it("finds no change exactly where the texts are equal", () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(diffTexts(a, b).pieces.every(({ kind }) => kind === "same")).toBe(a === b);
      }),
    );
  });

  it("alternates between common and changed stretches, none of them empty", () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const { pieces } = diffTexts(a, b);
        for (const [index, piece] of pieces.entries()) {
          expect(piece.kind).not.toBe(pieces[index + 1]?.kind);
          expect(piece.kind === "same" ? piece.text : piece.a + piece.b).not.toBe("");
        }
      }),
    );
  });

  it("replaces whole words, with what stands between two replaced words", () => {
    expect(diffTexts("Send the new key first.", "Send an old, stale key first.").pieces).toEqual([
      { kind: "same", text: "Send " },
      { kind: "changed", a: "the new", b: "an old, stale" },
      { kind: "same", text: " key first." },
    ]);
  });

  it("cuts Chinese into words instead of taking a sentence for one", () => {
    expect(diffTexts("员工每年享有十天年假。", "员工每年享有五天年假。").pieces).toEqual([
      { kind: "same", text: "员工每年享有" },
      { kind: "changed", a: "十天", b: "五天" },
      { kind: "same", text: "年假。" },
    ]);
  });

  it("goes on by sentences, then as a whole, where the words differ too much", () => {
    const sentence = (seed: number) => `Word${seed} of${seed} sentence${seed} number${seed}. `;
    const prose = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => sentence(from + index)).join("");
    const common = "They share this sentence. ";
    const bySentences = diffTexts(prose(0, 250) + common, prose(10_000, 250) + common);
    expect(bySentences.grain).toBe("sentences");
    expect(bySentences.pieces.at(-1)).toEqual({ kind: "same", text: ` ${common}` });
    expect(diffTexts(prose(0, 800), prose(10_000, 800)).grain).toBe("whole");
  });
});
