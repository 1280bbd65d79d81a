import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toCollection } from "@/lib/retrieval/index/lexicon";
import type { QueryTerm } from "@/lib/retrieval/text/query-terms";
import { fuseRankings } from "./reciprocal-rank-fusion";
import { createCoverage } from "./relevance";

const collection = toCollection(
  100,
  new Map([
    ["lamp", 80],
    ["bridg", 10],
    ["firmwar", 5],
  ]),
);
const terms = (...words: string[]) => words.map((term) => ({ term, weight: 1 }));

const coveredShare = (asked: readonly QueryTerm[], words: string) => createCoverage(asked, collection)(words);

describe("coverage", () => {
  test("is 1 for a passage with all terms and 0 for one with none", () => {
    expect(coveredShare(terms("lamp", "bridg"), "the bridg and the lamp")).toBe(1);
    expect(coveredShare(terms("lamp", "bridg"), "desk")).toBe(0);
  });

  test("counts a rare term for more than a common one", () => {
    const rare = coveredShare(terms("lamp", "firmwar"), "firmwar");
    const common = coveredShare(terms("lamp", "firmwar"), "lamp");
    expect(rare).toBeGreaterThan(common * 3);
    expect(rare + common).toBeCloseTo(1);
  });

  test("counts a misspelt word as far as it resembles one of the passage", () => {
    const share = coveredShare(terms("firmwaer"), "firmwar update");
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(1);
    expect(coveredShare(terms("umbrella"), "firmwar update")).toBe(0);
  });

  test("a word that other passages have is missing here, however similar", () => {
    expect(coveredShare(terms("bridg"), "bridges")).toBe(0);
  });

  test("looks for whole words", () => {
    expect(coveredShare(terms("lamp"), "lampshad lamppost")).toBe(0);
    expect(coveredShare(terms("lamp"), "desk lamp")).toBe(1);
  });

  test("judges each passage on its own", () => {
    const coverage = createCoverage(terms("firmwaer", "lamp"), collection);
    const alone = ["firmwar lamp", "desk", "firmwar", "lamp"].map((words) =>
      coveredShare(terms("firmwaer", "lamp"), words),
    );
    expect(["firmwar lamp", "desk", "firmwar", "lamp"].map(coverage)).toEqual(alone);
    expect(new Set(alone).size).toBe(4);
  });

  test("is 0 for a question without terms and stays within 0 and 1", () => {
    expect(coveredShare([], "lamp")).toBe(0);
    const word = fc.constantFrom("lamp", "bridg", "firmwar", "firmwaer", "desk", "台灯");
    const weight = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.record({ term: word, weight })), fc.array(word), (asked, words) => {
        const share = coveredShare(asked, words.join(" "));
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("fuseRankings", () => {
  const ranking = (...ids: string[]) => ids.map((passage_id) => ({ passage_id }));

  test("adds 1 / (60 + rank) over the rankings", () => {
    const [best, next] = fuseRankings([ranking("a", "b"), ranking("b")]);
    expect(best).toEqual({ hit: { passage_id: "b" }, score: 1 / 62 + 1 / 61 });
    expect(next?.score).toBe(1 / 61);
  });

  test("keeps each passage once, and the order of a single ranking", () => {
    const ids = fc.uniqueArray(fc.string());
    fc.assert(
      fc.property(ids, ids, (one, other) => {
        const fused = fuseRankings([ranking(...one), ranking(...other)]).map(({ hit }) => hit.passage_id);
        expect(fused.toSorted()).toEqual([...new Set([...one, ...other])].toSorted());
        expect(fuseRankings([ranking(...one)]).map(({ hit }) => hit.passage_id)).toEqual(one);
      }),
    );
  });
});
