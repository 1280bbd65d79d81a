import { expect, test } from "vitest";
import type { FusedPassage } from "./fuse";
import { passage } from "./pipeline.fixture";
import { selectPassages } from "./select-passages";

const options = {
  settings: { top_k: 8, context_tokens: 1000 },
  limits: { relevanceFloor: 0.1, goodFit: 0.35 },
  tokenizer: { count: (text: string) => text.length },
};

function fused(id: string, relevance: number | null, ranks: FusedPassage["ranks"]): FusedPassage {
  return { passage: passage(id, `What ${id} says.`), fusedScore: 0, relevance, ranks };
}

/** What becomes of a passage with next to nothing of the question, beside one that answers it. */
function reasonOf(ranks: FusedPassage["ranks"]) {
  const found = [fused("answer", 0.9, { graph_agent: 1 }), fused("weak", 0.02, ranks)];
  return selectPassages(found, options).rows[1]?.reason;
}

test("a passage without words of the question is kept only where names alone led to it, among the first", () => {
  expect(reasonOf({ graph_agent: 2 })).toBeNull();
  expect(reasonOf({ graph_agent: 6 })).toBe("below_threshold");
  expect(reasonOf({ graph_agent: 2, hybrid_agent: 9 })).toBe("below_threshold");
  expect(reasonOf({ naive_rag_agent: 1 })).toBe("below_threshold");
});

test("nothing retrieved is no poor fit", () => {
  expect(selectPassages([], options)).toEqual({ rows: [], kept: [], fit: "good" });
});
