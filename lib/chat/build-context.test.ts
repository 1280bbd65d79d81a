import { describe, expect, it } from "vitest";
import { answerQuestion } from "./answer-question";
import {
  collect,
  fold,
  passage,
  ranked,
  scriptedRetriever,
  testPorts,
  testQuestion,
} from "./pipeline.fixture";
import { defaultLimits } from "./question";

async function contextOf(found: ReturnType<typeof ranked>, limits = {}) {
  const retrievers = [scriptedRetriever("naive_rag_agent", async () => found)];
  const ports = testPorts({ retrievers, limits: { ...defaultLimits, ...limits } });
  const question = testQuestion({ agent_type: "naive_rag_agent" });
  const record = fold(await collect(answerQuestion(question, ports, new AbortController().signal)));
  if (!record.context) throw new Error("no context");
  return record.context;
}

describe("building the context", () => {
  it("numbers the kept passages without gaps and names the reason of every drop", async () => {
    const found = ranked(
      passage("long", "x".repeat(3000)),
      passage("first", "Keys rotate in place, and the old one goes on."),
      passage("twin", "keys rotate in place,  and the old one goes on."),
      passage("second", "The grace period is a day."),
    );
    const context = await contextOf(found, { contextTokens: 300 });
    expect(context.passages.map(({ n, reason }) => [n, reason])).toEqual([
      [null, "budget"],
      [1, null],
      [null, "duplicate"],
      [2, null],
    ]);
    expect(context.used_tokens).toBeLessThanOrEqual(context.budget_tokens);
  });

  it("keeps irrelevant passages out", async () => {
    const [weak] = ranked(passage("weak", "text"));
    const context = await contextOf(weak ? [{ ...weak, relevance: 0.01 }] : []);
    expect(context.passages[0]).toMatchObject({ state: "dropped", reason: "below_threshold", n: null });
  });

  it("takes no more than top_k", async () => {
    const many = Array.from({ length: 12 }, (_, index) =>
      passage(`p${index}`, `Fact number ${index} stands alone here.`),
    );
    const context = await contextOf(ranked(...many));
    expect(context.passages.filter(({ state }) => state === "in_prompt")).toHaveLength(defaultLimits.topK);
    expect(context.passages.at(-1)?.reason).toBe("top_k");
  });
});
