import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitSentences } from "./offline-sentences";

describe("cutting prose into sentences", () => {
  it.each([
    ["One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]],
    ["第一句。第二句！第三句？", ["第一句。", "第二句！", "第三句？"]],
    ["他说：“好。”然后走了。", ["他说：“好。”", "然后走了。"]],
    ["Ask Dr. Smith, e.g. on Monday, about J. Doe.", ["Ask Dr. Smith, e.g. on Monday, about J. Doe."]],
    ["Version 4.2 needs Node.js 22. It is faster.", ["Version 4.2 needs Node.js 22.", "It is faster."]],
    ["Edit `a. B` first. Then save.", ["Edit `a. B` first.", "Then save."]],
    ['He said "stop." Then he left.', ['He said "stop."', "Then he left."]],
    ["It is at 9 a.m. in the hall.", ["It is at 9 a.m. in the hall."]],
    ["Press Ctrl+. (Linux) or Cmd+. (macOS).", ["Press Ctrl+. (Linux) or Cmd+. (macOS)."]],
    ["**Mind this. And that.**", ["Mind this.", "And that."]],
    ["", []],
  ])("%j", (text, sentences) => {
    expect(splitSentences(text)).toEqual(sentences);
  });

  it("loses nothing but white space and emphasis", () => {
    const bare = (text: string) => text.replace(/[\s*_~]/g, "");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        expect(bare(splitSentences(text).join(""))).toBe(bare(text));
      }),
    );
  });
});
