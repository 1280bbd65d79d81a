import fc from "fast-check";
import { expect, test } from "vitest";
import { hasMath, toMathMarks } from "./math-marks";

test.each([
  ["the sum $a+b$ of both", "the sum $$a+b$$ of both"],
  ["当 $x_1$ 时，$y$。", "当 $$x_1$$ 时，$$y$$。"],
  ["当$x$时", "当$$x$$时"],
  ["so \\(a^2\\) holds", "so $$a^2$$ holds"],
  ["\\[ E = mc^2 \\]", "$$\nE = mc^2\n$$"],
  ["- so\n  \\[\n  a\n  \\]", "- so\n  $$\n  a\n  $$"],
  ["$$a$$", "$$a$$"],
])("%j is a formula", (text, marked) => {
  expect(toMathMarks(text)).toBe(marked);
  expect(hasMath(marked)).toBe(true);
});

test.each([
  "$5 and $10",
  "from $5-$10 a month",
  "US$5 or CA$6",
  "$HOME/bin:$PATH",
  "`$a$` and `\\(b\\)`",
  "```sh\necho $a$ \\[b\\]\n```",
  "escaped \\$a$",
  "a list \\[1\\] of marks",
  "cut off $a",
])("%j is none", (text) => {
  expect(toMathMarks(text)).toBe(text);
  expect(hasMath(text)).toBe(false);
});

test("a text that was gone over is left as it is", () => {
  const piece = fc.constantFrom("$", "$$", "\\(", "\\)", "\\[", "\\]", "a", " ", "\n", "`", "5", "当");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const once = toMathMarks(pieces.join(""));
      if (!once.includes("`")) expect(toMathMarks(once)).toBe(once);
    }),
  );
});
