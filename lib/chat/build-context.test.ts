import { describe, expect, it } from "vitest";
import type { RetrieverAgent } from "@/lib/domain/agent-names";
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

type Found = ReturnType<typeof ranked>;

async function recordOf(found: Found, limits = {}, agent: RetrieverAgent = "naive_rag_agent") {
  const retrievers = [scriptedRetriever(agent, async () => found)];
  const ports = testPorts({ retrievers, limits: { ...defaultLimits, ...limits } });
  const question = testQuestion({ agent_type: agent });
  return fold(await collect(answerQuestion(question, ports, new AbortController().signal)));
}

async function contextOf(...asked: Parameters<typeof recordOf>) {
  const { context } = await recordOf(...asked);
  if (!context) throw new Error("no context");
  return context;
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

  it("keeps irrelevant passages out, except what the walk over names alone put first", async () => {
    const [good, weak] = ranked(passage("good", "About it."), passage("weak", "Something else."));
    if (!good || !weak) throw new Error("two passages");
    const found = [good, { ...weak, relevance: 0.01 }];
    expect((await contextOf(found)).passages.map(({ reason }) => reason)).toEqual([null, "below_threshold"]);
    const byNames = await contextOf(found, {}, "graph_agent");
    expect(byNames.passages.map(({ reason }) => reason)).toEqual([null, null]);
  });

  it("shows the nearest few where nothing is relevant enough, and none that has nothing of the question", async () => {
    const texts = ["One.", "Two things.", "And three more.", "Four of them.", "Five at last."];
    const weak = ranked(...texts.map((text, at) => passage(`p${at}`, text))).map((one, at) => {
      return { ...one, relevance: at === 0 ? 0 : 0.05 };
    });
    const context = await contextOf(weak);
    expect(context.passages.map(({ n, reason }) => [n, reason])).toEqual([
      [null, "below_threshold"],
      [1, null],
      [2, null],
      [3, null],
      [null, "below_threshold"],
    ]);
  });

  it("tells the model that the passages fit poorly, and does not where one fits or nothing is known", async () => {
    const [one] = ranked(passage("one", "Text."));
    if (!one) throw new Error("a passage");
    const promptFor = async (relevance: number | null) => {
      const record = await recordOf([{ ...one, relevance }]);
      return record.generations.at(-1)?.messages.at(-1)?.content ?? "";
    };
    expect(await promptFor(0.2)).toContain('<passages fit="poor">');
    expect(await promptFor(0.8)).toContain("<passages>");
    expect(await promptFor(null)).toContain("<passages>");
  });

  it("takes no more than top_k", async () => {
    const many = Array.from({ length: 12 }, (_, index) =>
      passage(`p${index}`, `Fact number ${index} stands alone here.`),
    );
    const context = await contextOf(ranked(...many));
    expect(context.passages.filter(({ state }) => state === "in_prompt")).toHaveLength(defaultLimits.topK);
    expect(context.passages.at(-1)?.reason).toBe("top_k");
  });

  it("leaves hidden characters out of the prompt and says so, and keeps the passage as it was found", async () => {
    const text = "Keys rotate\u200b in place.\u{e0069}\u{e0067}";
    const record = await recordOf(
      ranked({ ...passage("one", text), title: "Ke\u202eys" }, passage("two", "Another one.")),
    );
    const prompt = record.generations.at(-1)?.messages.at(-1)?.content ?? "";
    expect(prompt).toContain("Keys rotate in place.\n</passage>");
    expect(prompt).toContain('title="Keys"');
    expect(record.rag_runs[0]?.results[0]).toMatchObject({ text, title: "Ke\u202eys" });
    const span = record.spans.find(({ name }) => name === "build_context");
    const found = "U+202E × 1, U+200B × 1, U+E0000–E007F × 2";
    expect(span?.attributes).toEqual({ hidden_characters: found });
    expect(record.execution_log.map(({ message }) => message)).toContain(
      `left out of the prompt, hidden: ${found}`,
    );
    const plain = await recordOf(ranked(passage("one", "Keys rotate.")));
    expect(plain.spans.find(({ name }) => name === "build_context")?.attributes).toEqual({});
  });
});
