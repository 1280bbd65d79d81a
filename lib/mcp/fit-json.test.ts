import fc from "fast-check";
import { expect, it } from "vitest";
import { fitJson } from "./fit-json";

it("leaves alone what fits", () => {
  fc.assert(
    fc.property(
      fc.json().map((text) => JSON.parse(text)),
      (value) => {
        expect(fitJson(value, 1e9)).toBe(JSON.stringify(value));
      },
    ),
  );
});

it("never gives more than was asked for, and says in its place what it left out", () => {
  const long = fc.array(fc.string({ minLength: 0, maxLength: 3000 }), { maxLength: 80 });
  fc.assert(
    fc.property(long, fc.integer({ min: 20_000, max: 60_000 }), (texts, limit) => {
      const value = { texts };
      const json = fitJson(value, limit);
      expect(json.length).toBeLessThanOrEqual(limit);
      expect(Object.keys(JSON.parse(json))).toEqual(["texts"]);
      const whole = json === JSON.stringify(value);
      expect(/… \d+ more (characters|entries)"/.test(json)).toBe(!whole);
    }),
  );
});

it("refuses what no cutting makes short", () => {
  const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`key ${i}`, i]));
  expect(() => fitJson(wide, 1000)).toThrow("Ask for less");
});
