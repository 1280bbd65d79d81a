import { expect, test } from "vitest";
import { findMention, withoutMention } from "./mention";

test("an @ at the beginning of a word is a mention as far as the caret", () => {
  expect(findMention("@", 1)).toEqual({ start: 0, query: "" });
  expect(findMention("ask @gra", 8)).toEqual({ start: 4, query: "gra" });
  expect(findMention("ask @gra and", 7)).toEqual({ start: 4, query: "gr" });
  expect(findMention("问 @图", 4)).toEqual({ start: 2, query: "图" });
});

test("an address, or an @ that is left behind, is none", () => {
  for (const text of ["jo@example", "ask @graph what", "", "@a.b"])
    expect(findMention(text, text.length)).toBeNull();
});

test("what was chosen leaves the text, and nothing else does", () => {
  const text = "ask @gra now";
  const mention = findMention(text, 8);
  expect(mention && withoutMention(text, mention)).toBe("ask now");
});
