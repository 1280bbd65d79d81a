import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markTerms, queryTerms } from "./mark-terms";

const marked = (text: string, query: string) =>
  markTerms(text, queryTerms(query)).flatMap((part) => (part.marked ? [part.text] : []));

describe("markTerms", () => {
  it("gives back the text it was given, whatever the terms", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (text, query) => {
        expect(
          markTerms(text, queryTerms(query))
            .map((part) => part.text)
            .join(""),
        ).toBe(text);
      }),
    );
  });

  it("marks whole words and their plural in any case, not parts of other words", () => {
    expect(marked("Rotate the API keys. Monkey rotates, KEY.", "rotate api key")).toEqual([
      "Rotate",
      "API",
      "keys",
      "rotates",
      "KEY",
    ]);
  });

  it("marks Chinese words without spaces between them", () => {
    expect(marked("轮换会创建第二个密钥。", "如何轮换密钥")).toEqual(["轮换", "密钥"]);
  });

  it("leaves out what every question holds", () => {
    expect(
      marked("How should the team do what it should?", "How do I do it? What should the team do?"),
    ).toEqual(["team"]);
  });
});
