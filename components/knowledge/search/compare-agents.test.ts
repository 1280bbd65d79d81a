import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BENCH_AGENTS, type BenchAgent } from "./bench-query";
import { compareAgents } from "./compare-agents";
import type { AgentAnswer } from "./use-bench-search";

const found = (agent: BenchAgent, ids: readonly string[]): AgentAnswer => ({
  agent,
  state: "found",
  durationMs: 1,
  results: ids.map((passage_id, index) => ({
    passage_id,
    document_id: "d",
    name: "n",
    title: "t",
    heading: "",
    text: "",
    rank: index + 1,
    relevance: null,
  })),
});

const anyAnswers = fc
  .subarray([...BENCH_AGENTS])
  .chain((agents) =>
    fc.tuple(
      ...agents.map((agent) => fc.subarray(["a", "b", "c", "d", "e"]).map((ids) => found(agent, ids))),
    ),
  );

describe("agents side by side", () => {
  test("count what all found and what one alone found; the merged list is no finder", () => {
    const overlap = compareAgents([
      found("naive_rag_agent", ["a", "b"]),
      found("hybrid_agent", ["b", "c"]),
      found("fusion_agent", ["b", "a", "c"]),
    ]);
    expect(overlap).toMatchObject({ passages: 3, shared: 1 });
    expect([...overlap.alone]).toEqual([
      ["naive_rag_agent", 1],
      ["hybrid_agent", 1],
    ]);
    expect(overlap.ranks.get("b")).toEqual(
      new Map([
        ["naive_rag_agent", 2],
        ["hybrid_agent", 1],
        ["fusion_agent", 1],
      ]),
    );
  });

  test("one that failed takes no part", () => {
    const failed: AgentAnswer = { agent: "graph_agent", state: "failed", message: null };
    const overlap = compareAgents([found("naive_rag_agent", ["a"]), found("hybrid_agent", ["a"]), failed]);
    expect(overlap).toMatchObject({ passages: 1, shared: 1 });
    expect(overlap.alone.has("graph_agent")).toBe(false);
  });

  test("every figure fits the lists", () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { passages, shared, ranks, alone } = compareAgents(answers);
        const lists = answers.map((answer) =>
          answer.state === "found" ? answer.results.map(({ passage_id }) => passage_id) : [],
        );
        expect(passages).toBe(new Set(lists.flat()).size);
        expect(shared).toBe(
          [...new Set(lists.flat())].filter((id) => lists.every((list) => list.includes(id))).length,
        );
        for (const [at, { agent }] of answers.entries())
          for (const [index, id] of (lists[at] ?? []).entries())
            expect(ranks.get(id)?.get(agent)).toBe(index + 1);
        const total = [...alone.values()].reduce((sum, count) => sum + count, 0);
        expect(total).toBeLessThanOrEqual(passages);
      }),
    );
  });
});
