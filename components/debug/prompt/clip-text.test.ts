import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clipText } from "./clip-text";

describe("clipText", () => {
  it("shows a beginning of the text, never half a character, and says when something is left out", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.nat(900),
        fc.integer({ min: 1, max: 60 }),
        (text, tokens, most) => {
          const { head, hiddenTokens } = clipText(text, tokens, most);
          expect(text.startsWith(head)).toBe(true);
          expect(head.isWellFormed()).toBe(text.isWellFormed());
          expect(hiddenTokens === 0).toBe(head === text);
        },
      ),
    );
  });

  it("ends at a word and estimates the rest by its length", () => {
    const clipped = clipText("one two three four five six seven eight", 80, 20);
    expect(clipped.head).toBe("one two three four");
    expect(clipped.hiddenTokens).toBe(43);
  });
});
