import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mean, ndcg, percentile, recall, reciprocalRank } from "./metrics";

const id = fc.constantFrom("a", "b", "c", "d", "e", "f");
const rankings = fc.array(id, { maxLength: 12 });
const judgments = fc.array(fc.tuple(id, fc.integer({ min: 0, max: 3 }))).map((pairs) => new Map(pairs));
const k = fc.integer({ min: 1, max: 10 });

describe("every metric", () => {
  test("is in [0, 1], and unknown where nothing is relevant", () => {
    fc.assert(
      fc.property(rankings, judgments, k, (ranking, judged, cut) => {
        const isKnown = [...judged.values()].some((gain) => gain > 0);
        for (const value of [
          ndcg(ranking, judged, cut),
          recall(ranking, judged, cut),
          reciprocalRank(ranking, judged),
        ]) {
          expect(value !== null).toBe(isKnown);
          expect(value ?? 0).toBeGreaterThanOrEqual(0);
          expect(value ?? 0).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });

  test("counts a document at its first place only", () => {
    fc.assert(
      fc.property(rankings, judgments, k, (ranking, judged, cut) => {
        const once = [...new Set(ranking)];
        expect(ndcg(ranking, judged, cut)).toBe(ndcg(once, judged, cut));
        expect(recall(ranking, judged, cut)).toBe(recall(once, judged, cut));
        expect(reciprocalRank(ranking, judged)).toBe(reciprocalRank(once, judged));
      }),
    );
  });

  test("is best for the ranking by gain", () => {
    fc.assert(
      fc.property(judgments, (judged) => {
        const best = [...judged].toSorted((a, b) => b[1] - a[1]).map(([one]) => one);
        const isKnown = [...judged.values()].some((gain) => gain > 0);
        expect(ndcg(best, judged, 10)).toBe(isKnown ? 1 : null);
        expect(recall(best, judged, 10)).toBe(isKnown ? 1 : null);
        expect(reciprocalRank(best, judged)).toBe(isKnown ? 1 : null);
      }),
    );
  });
});

test("has the values of trec_eval", () => {
  const judged = new Map([
    ["a", 3],
    ["b", 1],
    ["c", 2],
  ]);
  const dcg = 1 / Math.log2(2) + 3 / Math.log2(4);
  const ideal = 3 / Math.log2(2) + 2 / Math.log2(3) + 1 / Math.log2(4);
  expect(ndcg(["b", "x", "a"], judged, 10)).toBeCloseTo(dcg / ideal, 12);
  expect(ndcg(["x", "a"], new Map([["a", 1]]), 1)).toBe(0);
  expect(recall(["b", "x", "a"], judged, 2)).toBeCloseTo(1 / 3, 12);
  expect(reciprocalRank(["x", "y", "c"], judged)).toBeCloseTo(1 / 3, 12);
});

test("means leave out what is unknown", () => {
  expect(mean([1, null, 0])).toBe(0.5);
  expect(mean([null])).toBeNull();
});

test("a percentile is a value that was measured", () => {
  expect(percentile([4, 1, 3, 2], 0.5)).toBe(2);
  expect(percentile([4, 1, 3, 2], 0.99)).toBe(4);
  expect(percentile([], 0.5)).toBeNull();
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, p) => {
        const found = percentile(values, p) ?? Number.NaN;
        expect(values).toContain(found);
        expect(values.filter((value) => value <= found).length).toBeGreaterThanOrEqual(p * values.length);
      },
    ),
  );
});
