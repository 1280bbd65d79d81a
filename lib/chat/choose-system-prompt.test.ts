import { describe, expect, it } from "vitest";
import { GENERAL_PROMPT, GROUNDED_PROMPT } from "@/lib/domain/system-prompt";
import { answerQuestion } from "./answer-question";
import { fillTemplate } from "./choose-system-prompt";
import { collect, fold, testPorts, testQuestion } from "./pipeline.fixture";
import type { Question } from "./question";

async function answerWith(template: string | null, changes: Partial<Question> = {}) {
  const current = () => (template === null ? null : { name: "rag_answer", version: 7, template });
  const ports = testPorts({ prompts: { current } });
  const { signal } = new AbortController();
  const record = fold(await collect(answerQuestion(testQuestion(changes), ports, signal)));
  const generation = record.generations.find(({ purpose }) => purpose === "answer");
  const span = record.spans.find(({ name }) => name === "llm_generation");
  const warnings = record.execution_log.filter(({ level }) => level === "warn");
  const origin = { name: span?.attributes.prompt_name, version: span?.attributes.prompt_version };
  return { system: generation?.messages[0]?.content, origin, warnings };
}

const unlinked = { name: undefined, version: undefined };

describe("the system prompt", () => {
  it("is the managed one, filled, and its generation names it", async () => {
    const { system, origin, warnings } = await answerWith("Answer from {{kb_prefix}} for {{ agent_type }}.");
    expect(system).toBe("Answer from docs for auto.");
    expect(origin).toEqual({ name: "rag_answer", version: 7 });
    expect(warnings).toEqual([]);
  });

  it("is the built-in one where none is managed", async () => {
    expect(await answerWith(null)).toEqual({ system: GROUNDED_PROMPT, origin: unlinked, warnings: [] });
  });

  it("is the developer's own before any other", async () => {
    const { system, origin } = await answerWith("managed", { overrides: { system_prompt: "mine" } });
    expect([system, origin]).toEqual(["mine", unlinked]);
  });

  it("is not managed where no document is searched", async () => {
    const { system, origin } = await answerWith("managed", { kb_prefix: "general" });
    expect([system, origin]).toEqual([GENERAL_PROMPT, unlinked]);
  });

  it.each([
    ["Be {{tone}}.", "asks for {{tone}}, which is not known"],
    ["  ", "is empty, or is not a text prompt"],
    ["x".repeat(8001), "has more than 8000 characters"],
  ])(
    "is the built-in one, with a warning, where the managed one is broken: %#",
    async (template, problem) => {
      const { system, origin, warnings } = await answerWith(template);
      expect([system, origin]).toEqual([GROUNDED_PROMPT, unlinked]);
      expect(warnings.map(({ message }) => message)).toEqual([
        `The prompt rag_answer, version 7, ${problem}; the built-in prompt was used.`,
      ]);
    },
  );

  it("takes a value as it is, also one with braces or dollar signs", () => {
    expect(fillTemplate("{{a}}", { a: "{{b}} $& $1" })).toEqual({ text: "{{b}} $& $1" });
    expect(fillTemplate("{{constructor}}", {})).toHaveProperty("problem");
  });
});
