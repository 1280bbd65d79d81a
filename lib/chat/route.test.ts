import { describe, expect, it } from "vitest";
import type { JsonRequest } from "@/lib/llm/language-model";
import { answerQuestion } from "./answer-question";
import {
  collect,
  fixedIndex,
  fold,
  saying,
  scriptedModel,
  testPorts,
  testQuestion,
} from "./pipeline.fixture";
import { type ChatPorts, defaultLimits, type Question } from "./question";

async function decide(ports: ChatPorts, question: Question = testQuestion()) {
  const record = fold(await collect(answerQuestion(question, ports, new AbortController().signal)));
  return { decision: record.route_decision, record };
}

const unclear = fixedIndex([
  { kb_prefix: "docs", confidence: 0.3, signals: [] },
  { kb_prefix: "hr", confidence: 0.2, signals: [] },
]);

function askingModel(text: string) {
  return scriptedModel(saying("ok"), {
    extractive: false,
    completeJson: async () => ({
      text,
      usage: { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 },
      model: "test-model",
    }),
  });
}

describe("routing", () => {
  it("keeps the knowledge base that the user chose, whatever the words say", async () => {
    const { decision } = await decide(testPorts(), testQuestion({ kb_prefix: "hr" }));
    expect(decision).toMatchObject({
      kb_prefix: "hr",
      method: "requested",
      confidence: 1,
      worker_name: "hr:auto",
    });
    expect(decision?.alternatives).toContainEqual({ kb_prefix: "docs", confidence: 0.9 });
  });

  it("decides by the words when they are clear, and shows them", async () => {
    const { decision } = await decide(testPorts());
    expect(decision).toMatchObject({ kb_prefix: "docs", method: "heuristic" });
    expect(decision?.signals).toContainEqual({ term: "key", kb_prefix: "docs", weight: 0.9 });
    expect(decision?.reason).toContain("key");
  });

  it("asks the model when the words are unclear, and records the call", async () => {
    const model = askingModel('{"kb_prefix":"hr","confidence":0.7,"reason":"About leave."}');
    const { decision, record } = await decide(testPorts({ index: unclear, model }));
    expect(decision).toMatchObject({ kb_prefix: "hr", method: "llm", reason: "About leave." });
    expect(record.generations[0]).toMatchObject({ purpose: "route", usage: { total_tokens: 12 } });
    expect(record.performance_metrics.usage?.total_tokens).toBeGreaterThan(12);
  });

  it.each([
    '{"kb_prefix":"nowhere","confidence":1,"reason":""}',
    '{"kb_prefix":"hr","confidence":1.2,"reason":""}',
    '{"kb_prefix":"hr","confidence":-0.1,"reason":""}',
    '{"kb_prefix":"hr","confidence":"high","reason":""}',
    '{"kb_prefix":"hr"}',
    '["hr"]',
    "no JSON",
  ])("falls back to the nearest when the model answers %s", async (text) => {
    const { decision } = await decide(testPorts({ index: unclear, model: askingModel(text) }));
    expect(decision).toMatchObject({ kb_prefix: "docs", method: "fallback" });
  });

  it("falls back when the model is late, and records what it waited for", async () => {
    const completeJson = () => new Promise<never>(() => {});
    const model = scriptedModel(saying("ok"), { extractive: false, completeJson });
    const limits = { ...defaultLimits, sideCallTimeoutMs: 20 };
    const { decision, record } = await decide(testPorts({ index: unclear, model, limits }));
    expect(decision).toMatchObject({ kb_prefix: "docs", method: "fallback" });
    expect(record.generations[0]).toMatchObject({ purpose: "route", finish_reason: "error", response: "" });
    expect(record.status).toBe("success");
  });

  it("holds the model to the knowledge bases that there are", async () => {
    const asked: JsonRequest[] = [];
    const model = scriptedModel(saying("ok"), {
      extractive: false,
      completeJson: async (request) => {
        asked.push(request);
        return {
          text: '{"kb_prefix":"general","confidence":0.9,"reason":"A greeting."}',
          usage: null,
          model: "m",
        };
      },
    });
    const { decision } = await decide(testPorts({ index: unclear, model }));
    expect(decision).toMatchObject({ kb_prefix: "general", method: "llm", confidence: 0.9 });
    expect(asked[0]?.schema?.schema).toEqual({
      type: "object",
      properties: {
        kb_prefix: { type: "string", enum: ["general", "docs", "hr"] },
        confidence: { type: "number" },
        reason: { type: "string" },
      },
      required: ["kb_prefix", "confidence", "reason"],
      additionalProperties: false,
    });
  });

  it("reports every knowledge base with its confidence, whoever decided", async () => {
    const choosing = (kb: string) => askingModel(`{"kb_prefix":"${kb}","confidence":0.5,"reason":""}`);
    const runs: [Partial<ChatPorts>, Partial<Question>][] = [
      [{}, { kb_prefix: "hr" }],
      [{}, { kb_prefix: "general" }],
      [{}, {}],
      [{ index: unclear, model: choosing("hr") }, {}],
      [{ index: unclear, model: choosing("general") }, {}],
      [{ index: unclear }, {}],
    ];
    const methods: unknown[] = [];
    for (const [ports, question] of runs) {
      const { decision } = await decide(testPorts(ports), testQuestion(question));
      const prefixes = decision?.alternatives.map(({ kb_prefix }) => kb_prefix) ?? [];
      const confidences = decision?.alternatives.map(({ confidence }) => confidence) ?? [];
      methods.push(decision?.method);
      expect(new Set(prefixes)).toEqual(new Set([decision?.kb_prefix, "docs", "hr"]));
      expect(prefixes).toHaveLength(new Set(prefixes).size);
      expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
    }
    expect(methods).toEqual(["requested", "requested", "heuristic", "llm", "llm", "fallback"]);
  });

  it("asks no model anything about a question that is to be answered without retrieval", async () => {
    const model = askingModel('{"query":"x"}');
    const history = [{ role: "user" as const, content: "Hello" }];
    const { record } = await decide(testPorts({ model }), testQuestion({ kb_prefix: "general", history }));
    expect(record.generations.map(({ purpose }) => purpose)).toEqual(["answer"]);
  });

  it("records a routing call that failed, with a cost that nobody knows", async () => {
    const model = scriptedModel(saying("ok"), {
      extractive: false,
      completeJson: () => Promise.reject(new Error("500")),
    });
    const { decision, record } = await decide(testPorts({ index: unclear, model }));
    expect(decision).toMatchObject({ method: "fallback" });
    expect(record.generations[0]).toMatchObject({
      purpose: "route",
      finish_reason: "error",
      usage: null,
      cost_usd: null,
    });
    expect(record.performance_metrics.cost_usd).toBeNull();
  });

  it("answers without retrieval when no word occurs anywhere", async () => {
    const index = fixedIndex([{ kb_prefix: "docs", confidence: 0, signals: [] }]);
    const { decision } = await decide(testPorts({ index }));
    expect(decision).toMatchObject({ kb_prefix: "general", method: "fallback" });
  });

  it("searches with the query that the model made of a follow-up", async () => {
    const model = askingModel('{"query":"key rotation for Enterprise"}');
    const history = [
      { role: "user" as const, content: "How do keys rotate?" },
      { role: "assistant" as const, content: "In place." },
    ];
    const { decision, record } = await decide(
      testPorts({ model }),
      testQuestion({ message: "and for Enterprise?", history }),
    );
    expect(decision?.query).toBe("key rotation for Enterprise");
    expect(record.rag_runs.every(({ query }) => query === "key rotation for Enterprise")).toBe(true);
    expect(record.spans.map(({ name }) => name)).toContain("query_rewrite");
  });
});
