import fc from "fast-check";
import { expect, test } from "vitest";
import { splitBlocks } from "./split-blocks";

const line = fc.constantFrom(
  "",
  "Some words [1].",
  "- item",
  "1. first",
  "   indented",
  "```js",
  "```",
  "~~~",
  "| a | b |",
  "## Heading",
  "> quote",
  "$$",
  "\\[",
  "x \\]",
);
const markdown = fc.array(line, { maxLength: 25 }).map((lines) => lines.join("\n"));

test("the blocks joined are the text", () => {
  fc.assert(
    fc.property(fc.oneof(markdown, fc.string()), (text) => {
      expect(splitBlocks(text).join("")).toBe(text);
    }),
  );
});

test("a text that grows by whole lines changes its last block only", () => {
  fc.assert(
    fc.property(markdown, markdown, (text, more) => {
      const before = splitBlocks(`${text}\n`);
      const after = splitBlocks(`${text}\n${more}`);
      expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    }),
  );
});

test("code with blank lines, lists with blank lines and indented lines stay whole", () => {
  expect(splitBlocks("```\na\n\nb\n```\n\nend")).toEqual(["```\na\n\nb\n```\n\n", "end"]);
  expect(splitBlocks("1. a\n\n2. b\n\nend")).toEqual(["1. a\n\n2. b\n\n", "end"]);
  expect(splitBlocks("- a\n\n  more of a\n")).toEqual(["- a\n\n  more of a\n"]);
  expect(splitBlocks("one\n\ntwo")).toEqual(["one\n\n", "two"]);
});

test("a formula with blank lines stays whole", () => {
  expect(splitBlocks("$$\na\n\nb\n$$\n\nend")).toEqual(["$$\na\n\nb\n$$\n\n", "end"]);
  expect(splitBlocks("\\[\na\n\nb \\]\n\nend")).toEqual(["\\[\na\n\nb \\]\n\n", "end"]);
  expect(splitBlocks("$$a$$\n\nend")).toHaveLength(2);
});

test("a longer fence is not closed by a shorter one, nor by one with a language", () => {
  expect(splitBlocks("````\n```\n\nx\n```js\n\ny\n````\n\nz")).toHaveLength(2);
});

test("definitions keep the text whole", () => {
  const text = "see [a]\n\nmore\n\n[a]: https://example.org";
  expect(splitBlocks(text)).toEqual([text]);
});
