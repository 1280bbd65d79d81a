import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignLists, type Pair } from "./align-lists";

const list = fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 12 });
const align = (a: readonly string[], b: readonly string[]) => alignLists(a, b, (item) => item);
const byContent = (pairs: readonly Pair<string>[]) => pairs.map(({ a, b }) => `${a}|${b}`).sort();

describe("aligned lists", () => {
  it("hold every item of both lists once, in its order", () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        const pairs = align(a, b);
        expect(pairs.flatMap((pair) => pair.a ?? [])).toEqual(a);
        expect(pairs.flatMap((pair) => pair.b ?? [])).toEqual(b);
      }),
    );
  });

  it("pair only what has the same key", () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        for (const pair of align(a, b))
          expect(pair.a === null || pair.b === null || pair.a === pair.b).toBe(true);
      }),
    );
  });

  it("are the same pairs when the lists are swapped", () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        const back = align(b, a).map(({ a: left, b: right }) => ({ a: right, b: left }) as Pair<string>);
        expect(byContent(back)).toEqual(byContent(align(a, b)));
      }),
    );
  });

  it("leave nothing alone when the lists are equal", () => {
    fc.assert(
      fc.property(list, (a) => {
        expect(align(a, a)).toEqual(a.map((item) => ({ a: item, b: item })));
      }),
    );
  });
});
