import { expect, test } from "vitest";
import { toAnswerText } from "./to-answer-text";

test("plain text has the words, not the marks", () => {
  const markdown = "## Keys\n\nKeys **rotate** in `place`.[1] See [the page](https://example.org).[2][3]";
  expect(toAnswerText(markdown)).toBe("Keys\n\nKeys rotate in place. See the page (https://example.org).");
});

test("lists stay lists, with their numbers and their depth", () => {
  expect(toAnswerText("3. Stop\n4. Start\n   - again\n   - and again")).toBe(
    "3. Stop\n4. Start\n   • again\n   • and again",
  );
});

test("a table is rows of columns, code is as it is, and a quote is marked", () => {
  expect(toAnswerText("| a | b |\n|---|---|\n| 1 | 2 |")).toBe("a\tb\n1\t2");
  expect(toAnswerText("```js\nx[1]()\n\ny\n```")).toContain("\n\ny");
  expect(toAnswerText("> so\n> it is")).toBe("> so\n> it is");
});

test("any text is text", () => {
  for (const text of ["", "<b>x</b>", "![alt](x.png)", "a\\\nb"])
    expect(typeof toAnswerText(text)).toBe("string");
});
