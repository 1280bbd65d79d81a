import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sentenceStart, shownLength } from "./sentence-start";

describe("the place of a sentence in what is shown", () => {
  it("is found at the end of its paragraph, without the marks of Markdown", () => {
    const sentence = "The old key stays valid for **24 hours**, see [the plan](https://example.com/plan)";
    const shown = "Rotate it first. The old key stays valid for 24 hours, see the plan";
    expect(shown.slice(sentenceStart(shown, shownLength(sentence)))).toBe(
      "The old key stays valid for 24 hours, see the plan",
    );
    const chinese = "密钥可以轮换。旧密钥有效一天";
    expect(chinese.slice(sentenceStart(chinese, shownLength("旧密钥有效**一天**")))).toBe("旧密钥有效一天");
  });

  it("is never outside of the text or inside of a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(50), (text, length) => {
        const start = sentenceStart(text, length);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(start).toBeLessThanOrEqual(text.length);
        if (text.isWellFormed()) expect(text.slice(start).isWellFormed()).toBe(true);
      }),
    );
  });
});
