import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AffinityEvidence, rankAffinities } from "./affinity";
import { toCollection } from "./index/lexicon";

/** A knowledge base of 100 passages of which so many have each term; the given ones match best. */
function evidence(
  kbPrefix: string,
  frequencies: Record<string, number>,
  passages: string[],
  keywords: string[] = [],
): AffinityEvidence {
  const collection = toCollection(100, new Map(Object.entries(frequencies)));
  return { kbPrefix, collection, passages, keywords };
}

function confidences(question: string, ...all: AffinityEvidence[]): Record<string, number> {
  const ranked = rankAffinities(question, all);
  return Object.fromEntries(ranked.map(({ kb_prefix, confidence }) => [kb_prefix, confidence]));
}

describe("rankAffinities", () => {
  test("a word counts where it is at home, not where it is met by chance", () => {
    const home = evidence("home", { lamp: 40 }, ["lamp"]);
    const guest = evidence("guest", { lamp: 1 }, ["lamp"]);
    const { home: first = 0, guest: second = 1 } = confidences("lamp", home, guest);
    expect(first).toBeGreaterThan(0.9);
    expect(second).toBeLessThan(0.1);
  });

  test("words that stand together in one passage count for more than the same words apart", () => {
    const frequencies = { lamp: 9, bridg: 9 };
    const together = confidences("lamp bridge", evidence("kb", frequencies, ["lamp bridg", "desk"]));
    const apart = confidences("lamp bridge", evidence("kb", frequencies, ["lamp", "bridg"]));
    expect(together.kb).toBeGreaterThan(apart.kb ?? 1);
  });

  test("a declared keyword raises the confidence by its share of the question", () => {
    const plain = confidences("pairing the lantern", evidence("kb", { pair: 9 }, ["pair"]));
    const declared = confidences("pairing the lantern", evidence("kb", { pair: 9 }, ["pair"], ["lantern"]));
    expect(declared.kb).toBeGreaterThan((plain.kb ?? 1) + 0.1);
    const inPassing = confidences(
      "a lantern at sea in a stormy autumn night",
      evidence("kb", {}, [], ["lantern"]),
    );
    expect(inPassing.kb).toBeLessThan(0.3);
  });

  test("a keyword of several words counts only where they stand together", () => {
    const staff = evidence("staff", {}, [], ["parental leave"]);
    expect(confidences("parental leave", staff).staff).toBeGreaterThan(0.5);
    expect(confidences("leave the parental home", staff).staff).toBe(0);
  });

  test("signals are spelled as in the question, a keyword stands for its terms, the strongest comes first", () => {
    const kb = evidence("kb", { vacat: 9, carri: 1 }, ["vacat carri"], ["vacations"]);
    const [affinity] = rankAffinities("Carrying vacations over?", [kb]);
    expect(affinity?.signals.map(({ term }) => term)).toEqual(["carrying", "vacations"]);
  });

  test("without knowledge bases there is nothing to choose from", () => {
    expect(rankAffinities("lamp", [])).toEqual([]);
  });

  test("confidence stays within 0 and 1, also in an empty knowledge base", () => {
    const words = fc.array(fc.constantFrom("lamp", "bridge", "desk", "the", "台灯", "?"), { maxLength: 8 });
    fc.assert(
      fc.property(words, words, (asked, passage) => {
        const all = [
          evidence("a", { lamp: 3, desk: 100 }, [passage.join(" ")], ["lamp"]),
          evidence("b", {}, []),
        ];
        for (const { confidence } of rankAffinities(asked.join(" "), all)) {
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
