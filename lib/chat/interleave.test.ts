import { expect, test } from "vitest";
import { interleave } from "./interleave";
import { passage, ranked } from "./pipeline.fixture";

const found = (...ids: string[]) => ({
  passages: ranked(...ids.map((id) => passage(id, id))),
  methods: ["bm25_search" as const],
});

test("what was found in several knowledge bases takes turns, the first one first", () => {
  const { passages, methods } = interleave([found("a1", "a2"), found("b1", "b2", "b3")], 4);
  expect(passages.map(({ passage: { passage_id }, rank }) => [passage_id, rank])).toEqual([
    ["a1", 1],
    ["b1", 2],
    ["a2", 3],
    ["b2", 4],
  ]);
  expect(methods).toEqual(["bm25_search"]);
});

test("what was found in one stays as it is, and nothing is nothing", () => {
  const only = found("a1");
  expect(interleave([only], 1)).toBe(only);
  expect(interleave([], 5)).toEqual({ passages: [], methods: [] });
});
