import fc from "fast-check";
import { expect, test } from "vitest";
import type { PassageHit } from "@/lib/retrieval/index/passage-row";
import { textEvidence } from "./text-evidence";

const toHit = (passage_id: string, score: number): PassageHit => ({
  passage_id,
  title: "",
  heading: "",
  score,
});
const hits = fc.uniqueArray(
  fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.double({ min: 0.1, max: 50, noNaN: true })),
  { selector: ([id]) => id },
);

test("has each passage of both searches once, with a share in (0, 1], the best with 1", () => {
  fc.assert(
    fc.property(hits, hits, (words, grams) => {
      const [byWords, byGrams] = [words, grams].map((list) => list.map((one) => toHit(...one)));
      const merged = textEvidence(byWords ?? [], byGrams ?? []);
      expect(new Set(merged.keys())).toEqual(new Set([...words, ...grams].map(([id]) => id)));
      const shares = [...merged.values()].map(({ share }) => share);
      for (const share of shares) expect(share).toBeGreaterThan(0);
      if (shares.length > 0) expect(Math.max(...shares)).toBe(1);
    }),
  );
});

test("words count more than grams", () => {
  const merged = textEvidence([toHit("a", 9)], [toHit("b", 30)]);
  expect(merged.get("a")?.share).toBe(1);
  expect(merged.get("b")?.share).toBe(0.5);
});
