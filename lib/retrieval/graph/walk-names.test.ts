import { describe, expect, test } from "vitest";
import { sampleGraph } from "./sample-graph.fixture";
import { strongest, walkNames } from "./walk-names";

const PASSAGES = [
  {
    title: "Brother (Pearl Jam song)",
    text: "A song by the band Pearl Jam.",
    names: ["Brother", "Pearl Jam"],
  },
  { title: "Pearl Jam", text: "Pearl Jam was formed in Seattle.", names: ["Seattle"] },
  { title: "Seattle", text: "Snow is rare in Seattle.", names: [] },
  {
    title: "Grunge",
    text: "Pearl Jam played it in Seattle, Seattle and Seattle.",
    names: ["Pearl Jam", "Seattle"],
  },
  { title: "Cello", text: "An instrument with four strings.", names: [] },
];

function walkFrom(name: string, passages: ReadonlyMap<number, number> = new Map()) {
  const graph = sampleGraph(PASSAGES);
  const entity = graph.dictionary.find(name);
  if (entity === undefined) throw new Error(`no ${name}`);
  return { graph, entity, walk: walkNames(graph, new Map([[entity, 1]]), passages) };
}

describe("walkNames", () => {
  test("goes from a name over its passages and their names to passages that do not have it", () => {
    const { walk } = walkFrom("Brother");
    expect(strongest(walk.passages, 2).keys().toArray().toSorted()).toEqual([0, 1]);
    expect(walk.passages.get(1)).toBeGreaterThan(walk.passages.get(3) ?? 0);
  });

  test("says over which names it went", () => {
    const { graph, walk } = walkFrom("Brother");
    const names = [...walk.via.keys()].map((entity) => graph.dictionary.entities[entity]?.name);
    expect(names).toContain("Pearl Jam");
  });

  test("never reaches what is not connected, unless it starts there", () => {
    expect(walkFrom("Brother").walk.passages.has(4)).toBe(false);
    expect(walkFrom("Brother", new Map([[4, 0.1]])).walk.passages.has(4)).toBe(true);
  });

  test("a name leads to the passage that it is the title of before the others that have it", () => {
    const { walk } = walkFrom("Seattle");
    expect(strongest(walk.passages, 1).has(2)).toBe(true);
  });
});

test("goes on over the names that a triple relates to those it met", () => {
  const passages = [
    { title: "Alpha", text: "Alpha uses Bravo.", names: ["Bravo"] },
    { title: "Charlie", text: "Something else.", names: [] },
    { title: "Xray", text: "Says how they are related.", names: [] },
  ];
  const reached = (triples: Parameters<typeof sampleGraph>[1]) => {
    const graph = sampleGraph(passages, triples);
    return walkNames(graph, new Map([[graph.dictionary.find("Alpha") ?? -1, 1]]), new Map()).passages.has(1);
  };
  expect(reached([])).toBe(false);
  expect(reached([{ passage_id: "2", subject: "Bravo", object: "Charlie" }])).toBe(true);
});

test("takes a name from triples once two passages have it in theirs", () => {
  const passages = ["First", "Second"].map((title) => ({ title, text: "Nothing.", names: [] }));
  const triples = [
    { passage_id: "0", subject: "First", object: "quiet harbour" },
    { passage_id: "1", subject: "Second", object: "Quiet harbour" },
    { passage_id: "1", subject: "Second", object: "loud harbour" },
  ];
  const { dictionary } = sampleGraph(passages, triples);
  expect(dictionary.find("quiet harbours")).toBeDefined();
  expect(dictionary.find("loud harbour")).toBeUndefined();
});

test("a title with a qualifier is known without it, and a title in brackets stays as it is", () => {
  const { dictionary } = sampleGraph([{ title: "Mercury (planet)", text: "Hot.", names: ["Mercury"] }]);
  expect(dictionary.find("Mercury (planet)")).toBeDefined();
  expect(dictionary.find("mercury")).toBeDefined();
});
