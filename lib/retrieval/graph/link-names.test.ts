import { expect, test } from "vitest";
import { linkNames } from "./link-names";
import { sampleGraph } from "./sample-graph.fixture";

const PASSAGES = [
  { title: "Harlan Foundry", text: "Casts metal.", names: ["Foundry"] },
  { title: "Session management", text: "Every session is kept.", names: [] },
  ...["A", "B", "C"].map((letter) => ({
    title: `Page ${letter}${letter}`,
    text: "A session, and the management of foundry orders.",
    names: [],
  })),
];
const FREQUENCIES: Record<string, number> = { harlan: 1, foundri: 4, session: 4, manag: 4, page: 3 };
const COLLECTION = { passages: 5, documentFrequency: (term: string) => FREQUENCIES[term] ?? 1 };

function link(query: string, history: readonly string[] = []) {
  return linkNames(sampleGraph(PASSAGES), COLLECTION, query, history);
}

test("a name is as specific as its rarest word; one of common words is not, though few passages have it", () => {
  const [first, second] = link("Session management at Harlan Foundry?");
  expect(first).toMatchObject({ name: "Harlan Foundry", specificity: 1, passages: 1 });
  expect(second).toMatchObject({ name: "Session management", passages: 1 });
  expect(second?.specificity).toBeLessThan(0.5);
});

test("a name of an earlier turn counts less than the same in the question", () => {
  const [now] = link("Harlan Foundry?");
  const [before] = link("And where is it?", ["Harlan Foundry?"]);
  expect(before?.specificity).toBe(now?.specificity);
  expect(before?.weight).toBeLessThan(now?.weight ?? 0);
});

test("a question without a known name links nothing", () => {
  expect(link("What is for lunch?")).toEqual([]);
});
