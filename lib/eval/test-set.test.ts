import { describe, expect, test } from "vitest";
import { parseTestSet } from "./test-set";

const lines = (...values: unknown[]) => values.map((value) => JSON.stringify(value)).join("\n");
const files = {
  corpus: lines({ id: "d1", title: "One", text: "first" }, { _id: 2, text: "second" }),
  queries: lines(
    { id: "q1", text: "which?", history: [{ role: "user", text: "before" }, "also before"] },
    { _id: "q2", text: "unjudged" },
  ),
  qrels: lines({ query_id: "q1", doc_id: "d1", relevance: 2 }, { query_id: "q1", corpus_id: 2 }),
};

describe("a test set", () => {
  test("is read with ids of either name, without titles, with history, and only its judged queries", () => {
    const { documents, queries, judgments } = parseTestSet(files);
    expect(documents).toEqual([
      { id: "d1", title: "One", text: "first" },
      { id: "2", title: "", text: "second" },
    ]);
    expect(queries).toEqual([{ id: "q1", text: "which?", history: ["before", "also before"] }]);
    expect([...(judgments.get("q1") ?? [])]).toEqual([
      ["d1", 2],
      ["2", 1],
    ]);
  });

  test.each([
    ["with a header", "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\t2\t1\n"],
    ["without one", "q1\td1\t2\r\nq1\t2\t1"],
    ["as trec_eval has it", "q1\t0\td1\t2\nq1\t0\t2\t1"],
  ])("has its judgments as a table %s as well", (_, qrels) => {
    expect(parseTestSet({ ...files, qrels }).judgments).toEqual(parseTestSet(files).judgments);
  });

  test.each([
    [{ corpus: '{"id":"a","text":"x"}\n{"id":"b"' }, /^corpus, line 2: /],
    [{ corpus: '{"text":"x"}' }, /^corpus, line 1: has no id$/],
    [{ queries: '\n{"id":"q"}' }, /^queries, line 2: text: /],
    [{ qrels: "q1\td1\t2\nq1 d2 1" }, /^qrels, line 2: /],
    [{ qrels: "q1\td1\t2\nq1\td2\tmany" }, /^qrels, line 2: /],
  ])("that cannot be read is refused with file and line: %j", (broken, message) => {
    expect(() => parseTestSet({ ...files, ...broken })).toThrow(message);
  });
});
