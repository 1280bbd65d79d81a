import { expect, test } from "vitest";
import type { KnowledgeBaseSummary } from "@/lib/domain/knowledge-base-summary";
import { pickSuggestions } from "./pick-suggestions";

const kb = (title: string, suggested: string[], passages = 9): KnowledgeBaseSummary => ({
  prefix: title,
  title,
  description: "",
  suggested,
  documents: 1,
  passages,
  updated_at: 0,
});
const questions = (...args: Parameters<typeof pickSuggestions>) =>
  pickSuggestions(...args).map(({ question }) => question);

test("knowledge bases take turns", () => {
  const list = [kb("a", ["a one", "a two", "a three"]), kb("b", ["b one"])];
  expect(questions(list, "en", 3)).toEqual(["a one", "b one", "a two"]);
});

test("the reader's language comes first, the others fill up", () => {
  const list = [kb("a", ["How?", "怎么做？"]), kb("b", ["为什么？"])];
  expect(questions(list, "zh", 4)).toEqual(["怎么做？", "为什么？", "How?"]);
});

test("a knowledge base that could not answer suggests nothing", () => {
  expect(questions([kb("a", ["a one"], 0)], "en", 4)).toEqual([]);
});
