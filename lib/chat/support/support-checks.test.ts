import { describe, expect, it, vi } from "vitest";
import { SUPPORT_THRESHOLD } from "@/lib/domain/citation-support";
import { type LanguageModel, ModelError } from "@/lib/llm/language-model";
import { applySupport } from "@/lib/run-view/apply-support";
import { emptyRecord, reduceEvents } from "@/lib/run-view/reduce-run";
import { chatRequestSchema } from "../chat-request";
import { BROWSER, readAll, startService } from "../chat-service.fixture";
import type { ChatServicePorts } from "../chat-service-ports";
import { passage, ranked, scriptedModel, scriptedRetriever } from "../pipeline.fixture";

const TEXT = "Keys rotate in place. The old key stays valid for 24 hours.";
const FALSE_ANSWER = "Keys rotate in place.[1] The old key stays valid for 72 hours.[1]";

/** A model that answers with `answer`, and judges with what `judge` says. */
function judgingModel(answer: string, judge: () => Promise<string>): LanguageModel {
  const answering = scriptedModel(async function* () {
    yield { type: "text", text: answer };
    yield { type: "end", finishReason: "stop", usage: null, model: "m" };
  });
  return {
    ...answering,
    extractive: false,
    completeJson: async () => ({ text: await judge(), usage: null, model: "judge-1" }),
  };
}

async function ask(overrides: Partial<ChatServicePorts>, recorded = true) {
  const retrievers = (["naive_rag_agent", "hybrid_agent", "graph_agent"] as const).map((agent) =>
    scriptedRetriever(agent, async () => ranked(passage("a", TEXT))),
  );
  const { service, ports, sink } = startService({ retrievers, ...overrides });
  const request = chatRequestSchema.parse({ message: "How long is the old key valid?", kb_prefix: "docs" });
  const run = await service.start(request, { browserId: BROWSER, recorded }, new AbortController().signal);
  const frames = await readAll(run.frames);
  const facts = async () => (await ports.runs.read(run.requestId, 0))?.facts.support ?? null;
  const record = async () => {
    const slice = await ports.runs.read(run.requestId, 0);
    return slice && applySupport(reduceEvents(emptyRecord(run.requestId), slice.events), slice.facts.support);
  };
  return { ...run, frames, facts, record, sink, service };
}

const answering = (answer: string) => judgingModel(answer, async () => "{}");

describe("the check of an answer's citations", () => {
  it("comes after the end and goes into the run's facts and to Langfuse as the mean", async () => {
    const { facts, record, sink, requestId } = await ask({ model: answering(FALSE_ANSWER) });
    await vi.waitFor(async () => expect(await facts()).not.toBeNull());
    const found = await facts();
    expect(found).toMatchObject({ method: "lexical", pending: false, generation: null });
    const [first, second] = found?.citations ?? [];
    expect(first?.support).toBe(1);
    expect(second?.support).toBeLessThan(SUPPORT_THRESHOLD);
    expect(second?.evidence?.missing).toEqual(["72"]);
    const mean = ((first?.support ?? 0) + (second?.support ?? 0)) / 2;
    await vi.waitFor(() => expect(sink.supports.get(requestId)).toBeCloseTo(mean));
    expect((await record())?.citations.map(({ support }) => support)).toEqual([
      first?.support,
      second?.support,
    ]);
  });

  it("tells the reader of the stream nothing", async () => {
    const { frames, facts } = await ask({ model: answering(FALSE_ANSWER) });
    await vi.waitFor(async () => expect(await facts()).not.toBeNull());
    expect(frames.at(-1)).toMatchObject({ status: "done" });
    expect(JSON.stringify(frames)).not.toMatch(/support|evidence/);
  });

  it("is sent as a score also for a run that is not kept for the sidebar", async () => {
    const { sink, facts, requestId } = await ask({ model: answering(FALSE_ANSWER) }, false);
    await vi.waitFor(() => expect(sink.supports.has(requestId)).toBe(true));
    expect(await facts()).toBeNull();
  });

  it("checks what was written before a stop", async () => {
    const model = scriptedModel(async function* ({ signal }) {
      yield { type: "text", text: FALSE_ANSWER };
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      signal.throwIfAborted();
    });
    const retrievers = (["naive_rag_agent"] as const).map((agent) =>
      scriptedRetriever(agent, async () => ranked(passage("a", TEXT))),
    );
    const { service, ports } = startService({ model, retrievers });
    const fields = { message: "How long?", kb_prefix: "docs", agent_type: "naive_rag_agent" };
    const here = new AbortController().signal;
    const run = await service.start(
      chatRequestSchema.parse(fields),
      { browserId: BROWSER, recorded: true },
      here,
    );
    for await (const { frame } of run.frames) {
      if (frame.status === "token") await service.stop(run.requestId, BROWSER);
    }
    await vi.waitFor(async () => {
      const facts = (await ports.runs.read(run.requestId, 0))?.facts.support;
      expect(facts?.citations).toHaveLength(2);
    });
  });

  it("checks nothing where nothing is cited", async () => {
    const { facts, sink, service } = await ask({ model: answering("I do not know.") });
    await service.drain(1000);
    expect([await facts(), sink.supports.size]).toEqual([null, 0]);
  });
});

describe("the model's judgement", () => {
  const judgement = JSON.stringify({
    judgements: [
      { i: 0, support: 0.9, reason: "The passage says so." },
      { i: 1, support: 0.1, reason: "It says 24 hours; write to bob@corp.com." },
    ],
  });
  const model = (judge: () => Promise<string>) => judgingModel(FALSE_ANSWER, judge);

  it("replaces that of the words, is recorded as a generation and traced by itself", async () => {
    const { facts, record, sink, service, requestId } = await ask({
      supportCheck: "model",
      model: model(async () => judgement),
    });
    await service.drain(1000);
    expect(await facts()).toMatchObject({ method: "model", pending: false });
    const run = await record();
    expect(run?.citations.map(({ support }) => support)).toEqual([0.9, 0.1]);
    expect(run?.citations[1]?.evidence).toMatchObject({
      missing: ["72"],
      reason: "It says 24 hours; write to •••.",
    });
    expect(run?.generations.at(-1)).toMatchObject({
      purpose: "support",
      model: "judge-1",
      finish_reason: "stop",
    });
    expect(sink.supports.get(requestId)).toBeCloseTo(0.5);
    const trace = sink.exports.at(-1)?.record;
    expect(trace?.spans.map(({ name }) => name)).toEqual(["citation_support", "support_model"]);
    expect(trace?.spans[0]?.attributes).toEqual({ request_id: requestId });
    expect(trace?.session_id).toBe(run?.session_id);
    expect(JSON.stringify(sink.exports)).not.toContain("bob@corp.com");
  });

  it("is shown as on its way while the words alone are known", async () => {
    let answer = (_text: string) => {};
    const later = new Promise<string>((resolve) => {
      answer = resolve;
    });
    const { facts, sink, service, requestId } = await ask({
      supportCheck: "model",
      model: model(() => later),
    });
    await vi.waitFor(async () => expect(await facts()).toMatchObject({ method: "lexical", pending: true }));
    expect(sink.supports.has(requestId)).toBe(false);
    answer(judgement);
    await service.drain(1000);
    expect(await facts()).toMatchObject({ method: "model", pending: false });
  });

  it.each([
    ["fails", () => Promise.reject(new ModelError("model_unavailable", "away", { retryable: true }))],
    ["answers something else", async () => "Sure!"],
    ["answers nothing of use", async () => '{"judgements":[{"i":0,"support":7,"reason":""}]}'],
  ])("leaves that of the words when the model %s", async (_what, judge) => {
    const { facts, sink, service, requestId } = await ask({ supportCheck: "model", model: model(judge) });
    await service.drain(1000);
    expect(await facts()).toMatchObject({ method: "lexical", pending: false });
    expect((await facts())?.citations[0]?.support).toBe(1);
    expect(sink.supports.has(requestId)).toBe(true);
  });

  it("is not asked of the extractive model", async () => {
    const { facts, service } = await ask({
      supportCheck: "model",
      model: { ...answering(FALSE_ANSWER), extractive: true },
    });
    await service.drain(1000);
    expect(await facts()).toMatchObject({ method: "lexical", pending: false, generation: null });
  });
});
