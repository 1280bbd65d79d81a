import fc from "fast-check";
import { expect, test } from "vitest";
import { markQuery } from "./mark-query";

const marked = (text: string, query: string) =>
  markQuery(text, query)
    .filter((part) => part.marked)
    .map((part) => part.text);

test("every occurrence is marked, in any case and in any script", () => {
  expect(marked("Keys and keys", "KEYS")).toEqual(["Keys", "keys"]);
  expect(marked("年假可以结转", "结转")).toEqual(["结转"]);
  expect(marked("a.b", ".")).toEqual(["."]);
  expect(marked("nothing", " ")).toEqual([]);
});

test("nothing of a text gets lost", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (text, query) => {
      expect(
        markQuery(text, query)
          .map((part) => part.text)
          .join(""),
      ).toBe(text);
    }),
  );
});
