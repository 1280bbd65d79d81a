import fc from "fast-check";
import { expect, test } from "vitest";
import { memoryGrowth } from "./process-gauge";
import { createRandom, pick } from "./random";

const samples = (bytes: readonly number[]) =>
  bytes.map((rssBytes, n) => ({ atMs: n * 1000, rssBytes, descriptors: 0 }));

test("memory that stays does not grow, whatever it was before the warm-up", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e9 }),
      fc.array(fc.integer({ min: 1, max: 1e9 })),
      (bytes, before) => {
        const all = samples([...before, ...Array.from({ length: 20 }, () => bytes)]);
        expect(memoryGrowth(all, before.length * 1000)).toBeCloseTo(0);
      },
    ),
  );
});

test("memory that doubles from the first fifth to the last has grown by one", () => {
  expect(memoryGrowth(samples([1, 1, 3, 3, 3, 3, 3, 3, 2, 2]), 0)).toBe(1);
});

test("the same seed makes the same choices, and each value is chosen by its weight", () => {
  const choices = (seed: number) => {
    const random = createRandom(seed);
    return Array.from({ length: 4000 }, () =>
      pick(random, [
        [3, "often"],
        [1, "seldom"],
        [0, "never"],
      ]),
    );
  };
  expect(choices(7)).toEqual(choices(7));
  expect(choices(7)).not.toEqual(choices(8));
  const often = choices(7).filter((choice) => choice === "often").length;
  expect(often / 4000).toBeCloseTo(0.75, 1);
  expect(choices(7)).not.toContain("never");
});
