import fc from "fast-check";
import { expect, test } from "vitest";
import { evidenceScore } from "./name-evidence";

const share = fc.double({ min: 0, max: 1, noNaN: true });

test("more of either evidence never lowers the score", () => {
  fc.assert(
    fc.property(share, share, share, share, (text, names, specificity, more) => {
      const score = evidenceScore({ text, names }, specificity);
      expect(evidenceScore({ text: Math.min(1, text + more), names }, specificity)).toBeGreaterThanOrEqual(
        score,
      );
      expect(evidenceScore({ text, names: Math.min(1, names + more) }, specificity)).toBeGreaterThanOrEqual(
        score,
      );
    }),
  );
});

test("without a specific name the text decides alone", () => {
  fc.assert(
    fc.property(share, share, (names, other) => {
      expect(evidenceScore({ text: 0.5, names }, 0)).toBe(evidenceScore({ text: 0.5, names: other }, 0));
    }),
  );
});

test("a rare name outweighs words, common names do not", () => {
  const named = { text: 0, names: 1 };
  const worded = { text: 1, names: 0 };
  expect(evidenceScore(named, 1)).toBeGreaterThan(evidenceScore(worded, 1));
  expect(evidenceScore(named, 0.6)).toBeLessThan(evidenceScore(worded, 0.6));
});
