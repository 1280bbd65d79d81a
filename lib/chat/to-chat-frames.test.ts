import { describe, expect, it } from "vitest";
import { chatFrameSchema } from "@/lib/events/chat-frame";
import { answerQuestion } from "./answer-question";
import {
  collect,
  saying,
  scriptedModel,
  scriptedRetriever,
  testPorts,
  testQuestion,
} from "./pipeline.fixture";
import type { ChatPorts, Question } from "./question";
import { createFrameMapper } from "./to-chat-frames";

async function framesOf(ports: ChatPorts, question: Question = testQuestion()) {
  const toFrames = createFrameMapper({ request_id: question.request_id, message_id: "m" });
  const events = await collect(answerQuestion(question, ports, new AbortController().signal));
  return events.flatMap(toFrames);
}

const failingModel = scriptedModel(async function* () {
  yield { type: "text", text: "Half" };
  throw new Error("boom");
});
const noRetriever = [
  scriptedRetriever("naive_rag_agent", async () => {
    throw new Error("locked");
  }),
];

describe("the public stream", () => {
  it.each([
    ["an answer", testPorts()],
    ["a model that breaks off", testPorts({ model: failingModel })],
    ["an empty answer", testPorts({ model: scriptedModel(saying("")) })],
    ["no retriever at all", testPorts({ retrievers: noRetriever })],
  ])("begins with the one start and ends with the one done: %s", async (_name, ports) => {
    const frames = await framesOf(ports);
    expect(frames.filter(({ status }) => status === "start")).toEqual([frames[0]]);
    expect(frames.filter(({ status }) => status === "done")).toEqual([frames.at(-1)]);
    expect(frames.filter(({ status }) => status === "error").length).toBeLessThanOrEqual(1);
    for (const frame of frames) expect(() => chatFrameSchema.parse(frame)).not.toThrow();
  });

  it("gives the sources once, before the first token, exactly the passages in the prompt", async () => {
    const frames = await framesOf(testPorts());
    const sources = frames.findIndex(({ status }) => status === "sources");
    expect(sources).toBeLessThan(frames.findIndex(({ status }) => status === "token"));
    const frame = frames[sources];
    expect(frame?.status === "sources" && frame.content.map(({ n, passage_id }) => [n, passage_id])).toEqual([
      [1, "p1"],
      [2, "p2"],
    ]);
  });

  it("gives no sources where nothing was searched", async () => {
    const frames = await framesOf(testPorts(), testQuestion({ kb_prefix: "general" }));
    expect(frames.some(({ status }) => status === "sources")).toBe(false);
  });

  it("tells readers of a failed agent without its inside", async () => {
    const ports = testPorts();
    const retrievers = [...noRetriever, ...ports.retrievers.slice(1)];
    const frames = await framesOf({ ...ports, retrievers });
    const failed = frames.find((frame) => frame.status === "progress" && frame.content.error !== null);
    expect(failed).toMatchObject({
      content: { stage: "retrieval", agent_type: "naive_rag_agent", retrieval_count: 0 },
    });
    expect(JSON.stringify(frames)).not.toContain("locked");
  });

  it("carries the answer's usage in done", async () => {
    const frames = await framesOf(testPorts());
    expect(frames.at(-1)).toMatchObject({
      finish_reason: "stop",
      usage: { prompt_tokens: 100, total_tokens: 102 },
    });
  });
});
