import { expect, test } from "vitest";
import { toTripleLines } from "./to-triple-lines";

test("brings both shapes into lines of one triple, and leaves out what is none", () => {
  const lines = [
    {
      doc_id: "a",
      entities: [],
      triples: [
        ["Ada", "wrote", "notes"],
        ["Ada", "wrote"],
        ["Ada", "", "x"],
      ],
    },
    { doc_id: "b", head: "故宫", relation: "周边景点", tail: "天坛" },
    { doc_id: "b", head: "故宫", relation: "Information", tail: "长".repeat(201) },
  ];
  const read = toTripleLines(lines.map((line) => JSON.stringify(line)).join("\n"));
  expect(read.split("\n").map((line) => JSON.parse(line))).toEqual([
    { document: "a", subject: "Ada", predicate: "wrote", object: "notes" },
    { document: "b", subject: "故宫", predicate: "周边景点", object: "天坛" },
  ]);
});
