import { describe, expect, it } from "vitest";
import { runRecordSchema } from "@/lib/domain/run-record";
import { ModelError } from "@/lib/llm/language-model";
import { answerQuestion } from "./answer-question";
import {
  collect,
  fixedIndex,
  fold,
  passage,
  ranked,
  saying,
  scriptedModel,
  scriptedRetriever,
  testPorts,
  testQuestion,
} from "./pipeline.fixture";
import type { ChatPorts, Question } from "./question";
import { defaultLimits } from "./question";

const never = new AbortController().signal;

async function run(ports: ChatPorts, question: Question = testQuestion(), signal = never) {
  const events = await collect(answerQuestion(question, ports, signal));
  return { events, record: fold(events), end: events.at(-1) };
}

describe("answering a question", () => {
  it("yields a record that holds every field of the contract", async () => {
    const { record, end } = await run(testPorts());
    expect(() => runRecordSchema.parse(record)).not.toThrow();
    expect(end).toMatchObject({ type: "run-end", status: "success", finish_reason: "stop" });
    expect(record.answer).toBe("Keys rotate in place. [1]");
    expect(record.spans.map(({ name }) => name)).toEqual([
      "rag_chat",
      "route_decision",
      "rag_plan",
      "rag_retrieval",
      "rag_retrieval",
      "rag_retrieval",
      "build_context",
      "llm_generation",
    ]);
    expect(record.spans.every(({ status }) => status === "ok")).toBe(true);
    expect(record.performance_metrics).toMatchObject({ node_count: 8, error_count: 0, cost_usd: 0.5 });
    expect(record.citations).toMatchObject([{ n: 1, passage_id: "p1", sentence: "Keys rotate in place." }]);
    expect(record.context?.passages.map(({ cited }) => cited)).toEqual([true, false]);
  });

  it("plans three retrievers for auto and for fusion_agent, one for a named agent", async () => {
    for (const [agent_type, count] of [
      ["auto", 3],
      ["fusion_agent", 3],
      ["graph_agent", 1],
    ] as const) {
      const { record } = await run(testPorts(), testQuestion({ agent_type }));
      expect(record.rag_plan).toHaveLength(count);
      expect(record.rag_runs.map(({ agent_type: ran }) => ran)).not.toContain("fusion_agent");
    }
  });

  it("runs the retrievers in parallel: the last started begins before the first ended", async () => {
    let running = 0;
    let most = 0;
    const search = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return ranked(passage("p1", "text"));
    };
    const retrievers = (["naive_rag_agent", "hybrid_agent", "graph_agent"] as const).map((agentType) =>
      scriptedRetriever(agentType, search),
    );
    await run(testPorts({ retrievers }));
    expect(most).toBe(3);
  });

  it("answers general without retrieval", async () => {
    const { record } = await run(testPorts(), testQuestion({ kb_prefix: "general" }));
    expect(record.rag_runs).toEqual([]);
    expect(record.context).toBeNull();
    expect(record.route_decision).toMatchObject({ kb_prefix: "general", method: "requested" });
    expect(record.route_decision?.alternatives.map(({ kb_prefix }) => kb_prefix)).toContain("docs");
  });

  it("leaves the others when one agent fails, and asks it twice", async () => {
    let asked = 0;
    const failing = scriptedRetriever("hybrid_agent", async () => {
      asked += 1;
      throw new Error("index is locked");
    });
    const ports = testPorts();
    const retrievers = ports.retrievers.map((retriever) =>
      retriever.agentType === "hybrid_agent" ? failing : retriever,
    );
    const { record, end } = await run({ ...ports, retrievers });
    expect(end).toMatchObject({ status: "success" });
    expect(asked).toBe(2);
    const failed = record.rag_runs.find(({ agent_type }) => agent_type === "hybrid_agent");
    expect(failed).toMatchObject({ error: "index is locked", retrieval_count: 0, attempts: 2 });
    expect(record.spans.filter(({ status }) => status === "error")).toHaveLength(1);
  });

  it("fails with retrieval_failed when all agents do", async () => {
    const retrievers = [
      scriptedRetriever("naive_rag_agent", async () => {
        throw new Error("no");
      }),
    ];
    const { end } = await run(testPorts({ retrievers }), testQuestion({ agent_type: "naive_rag_agent" }));
    expect(end).toMatchObject({
      status: "error",
      finish_reason: "error",
      error: { code: "retrieval_failed" },
    });
  });

  it("goes on without an agent that is late", async () => {
    const late = scriptedRetriever("graph_agent", () => new Promise(() => {}));
    const ports = testPorts({ limits: { ...defaultLimits, agentTimeoutMs: 20 } });
    const retrievers = ports.retrievers.map((retriever) =>
      retriever.agentType === "graph_agent" ? late : retriever,
    );
    const { record, end } = await run({ ...ports, retrievers });
    expect(end).toMatchObject({ status: "success" });
    const failed = record.rag_runs.find(({ agent_type }) => agent_type === "graph_agent");
    expect(failed?.error).toContain("20 ms");
  });

  it("keeps the partial answer, its usage and its span when the model breaks off", async () => {
    const model = scriptedModel(async function* () {
      yield { type: "text", text: "Half" };
      throw new ModelError("model_bad_response", "The answer broke off.", { retryable: false });
    });
    const { record, end } = await run(testPorts({ model }));
    expect(end).toMatchObject({ status: "error", answer: "Half", error: { code: "model_bad_response" } });
    expect(record.generations).toMatchObject([
      {
        response: "Half",
        finish_reason: "error",
        usage_source: "estimated",
        usage: { completion_tokens: 1 },
      },
    ]);
    expect(record.spans.find(({ name }) => name === "llm_generation")?.status).toBe("error");
  });

  it("does not know what a call cost that the model answered with nothing", async () => {
    const refusal = new ModelError("model_unauthorized", "The model refused the key.", { retryable: false });
    const model = scriptedModel(async function* () {
      yield await Promise.reject(refusal);
    });
    const { record } = await run(testPorts({ model }));
    expect(record.generations[0]).toMatchObject({ usage: null, usage_source: null, cost_usd: null });
    expect(record.performance_metrics).toMatchObject({ usage: null, cost_usd: null });
  });

  it("gives the root span and the run the same duration", async () => {
    const { record } = await run(testPorts());
    expect(record.spans[0]?.offset_ms).toBe(0);
    expect(record.spans[0]?.duration_ms).toBe(record.performance_metrics.total_duration_ms);
  });

  it("calls an empty answer model_bad_response", async () => {
    const { end } = await run(testPorts({ model: scriptedModel(saying("  ")) }));
    expect(end).toMatchObject({ error: { code: "model_bad_response" } });
  });

  it("says nothing of its inside when something unforeseen breaks", async () => {
    const index = { ...fixedIndex([]), affinities: () => Promise.reject(new Error("/secret/path")) };
    const { end } = await run(testPorts({ index }));
    expect(end).toMatchObject({ error: { code: "internal" } });
    expect(JSON.stringify(end)).not.toContain("secret");
  });

  it("ends as aborted with what was written when it is stopped in the middle", async () => {
    const abort = new AbortController();
    const model = scriptedModel(async function* () {
      yield { type: "text", text: "One " };
      yield { type: "text", text: "two" };
      abort.abort();
      yield { type: "text", text: " three" };
    });
    const { record, end } = await run(testPorts({ model }), testQuestion(), abort.signal);
    expect(end).toMatchObject({
      status: "aborted",
      finish_reason: "aborted",
      error: null,
      answer: "One two three",
    });
    expect(record.spans.find(({ name }) => name === "rag_chat")?.status).toBe("aborted");
    expect(record.spans.every(({ status }) => status !== "running")).toBe(true);
  });

  it("ends as aborted while it still searches", async () => {
    const abort = new AbortController();
    const retrievers = [
      scriptedRetriever("naive_rag_agent", () => {
        abort.abort();
        return new Promise(() => {});
      }),
    ];
    const question = testQuestion({ agent_type: "naive_rag_agent" });
    const { record, end } = await run(testPorts({ retrievers }), question, abort.signal);
    expect(end).toMatchObject({ status: "aborted", error: null });
    expect(record.spans.every(({ status }) => status !== "running")).toBe(true);
  });

  it("keeps children within their parents", async () => {
    const { record } = await run(testPorts());
    const byId = new Map(record.spans.map((span) => [span.span_id, span]));
    for (const span of record.spans) {
      const parent = span.parent_span_id && byId.get(span.parent_span_id);
      if (!parent) continue;
      expect(span.offset_ms).toBeGreaterThanOrEqual(parent.offset_ms);
      expect(span.offset_ms + (span.duration_ms ?? 0)).toBeLessThanOrEqual(
        parent.offset_ms + (parent.duration_ms ?? 0) + 1,
      );
    }
  });

  it("cuts every prompt message into parts that cover it without overlap", async () => {
    const history = [
      { role: "user" as const, content: "Where are my keys?" },
      { role: "assistant" as const, content: "In the settings." },
    ];
    const { record } = await run(testPorts(), testQuestion({ history }));
    for (const { content, parts, tokens } of record.generations[0]?.messages ?? []) {
      expect(parts[0]?.start).toBe(0);
      expect(parts.at(-1)?.end).toBe(content.length);
      parts.slice(1).forEach((part, index) => {
        expect(part.start).toBe(parts[index]?.end);
      });
      expect(parts.reduce((sum, part) => sum + part.tokens, 0)).toBe(tokens);
    }
    const origins = record.generations[0]?.messages.flatMap(({ parts }) => parts.map(({ origin }) => origin));
    expect(new Set(origins)).toEqual(new Set(["system", "memory", "context", "question"]));
  });

  it("uses the overrides of a developer", async () => {
    const overrides = {
      top_k: 1,
      context_tokens: 256,
      model: "other",
      temperature: 0.5,
      system_prompt: "Be brief.",
    };
    const { record } = await run(testPorts(), testQuestion({ overrides }));
    expect(record.settings).toMatchObject({
      top_k: 1,
      context_tokens: 256,
      model: "other",
      temperature: 0.5,
    });
    expect(record.generations[0]?.messages[0]?.content).toBe("Be brief.");
    expect(record.context?.passages.map(({ reason }) => reason)).toEqual([null, "top_k"]);
  });
});
