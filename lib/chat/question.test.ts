import { expect, test } from "vitest";
import { testPorts, testQuestion } from "./pipeline.fixture";
import { effectiveSettings } from "./question";

test.each([
  [true, "auto", true],
  [true, "hybrid_agent", true],
  [true, "naive_rag_agent", false],
  [true, "graph_agent", false],
  [false, "auto", false],
] as const)("with a reranker: %s, a run of %s says that it reranks: %s", (reranks, agent_type, rerank) => {
  const settings = effectiveSettings(testQuestion({ agent_type }), testPorts({ reranks }));
  expect(settings.rerank).toBe(rerank);
});
