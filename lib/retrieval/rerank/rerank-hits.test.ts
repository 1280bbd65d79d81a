import { describe, expect, test } from "vitest";
import { type Respond, sendError, sendJson, startFaultServer } from "@/lib/llm/fault-server.fixture";
import { createHttpReranker } from "@/lib/llm/http-reranker";
import { ask } from "@/lib/retrieval/testing/ask";
import { openTwoHandbooks } from "@/lib/retrieval/testing/open-two-handbooks";

const question = { agent: "hybrid_agent", query: "Why does the ring blink red?", kbPrefix: "lamp" } as const;

/** Judges a text by how often this word is in it, with scores outside of [0, 1], as some servers do. */
const fondOf =
  (word: string): Respond =>
  (response, { body }) => {
    const results = (body.documents as string[]).map((text, index) => {
      return { index, relevance_score: (text.split(word).length - 1) * 4 - 1 };
    });
    sendJson(response, 200, { results: results.toReversed() });
  };

async function openReranked(respond: Respond, timeoutMs = 5_000) {
  const server = await startFaultServer(respond);
  const reranker = createHttpReranker({ baseUrl: server.baseUrl, model: "judge", apiKey: null, timeoutMs });
  const retrieval = await openTwoHandbooks({ reranker });
  return {
    ...retrieval,
    server,
    async [Symbol.asyncDispose]() {
      await retrieval[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function unranked(topK: number) {
  await using retrieval = await openTwoHandbooks();
  return (await ask.withEvents(retrieval, { ...question, topK })).outcome;
}

describe("the hybrid agent with a reranker", () => {
  test("takes its order and its scores, within [0, 1]", async () => {
    await using retrieval = await openReranked(fondOf("firmware"));
    const { outcome } = await ask.withEvents(retrieval, { ...question, topK: 8 });
    expect(outcome.passages[0]?.passage.heading).toBe("Firmware updates");
    expect(outcome.methods).toContain("rerank");
    const relevances = outcome.passages.map(({ relevance }) => relevance ?? -1);
    expect(relevances).toEqual([...relevances].sort((a, b) => b - a));
    expect(Math.min(...relevances)).toBe(0);
    expect(Math.max(...relevances)).toBe(1);
  });

  test("can bring up what lay behind the number asked for, and is told the turns before", async () => {
    await using retrieval = await openReranked(fondOf("firmware"));
    const request = { ...question, topK: 1, history: ["The ring blinks", "It is red"] };
    const { outcome } = await ask.withEvents(retrieval, request);
    expect(outcome.passages.map(({ passage }) => passage.heading)).toEqual(["Firmware updates"]);
    expect(retrieval.server.requests[0]?.body.query).toBe(`The ring blinks\nIt is red\n${question.query}`);
  });

  test("shows it as a span of its own below the agent's", async () => {
    await using retrieval = await openReranked(fondOf("firmware"));
    const { events, parentSpanId } = await ask.withEvents(retrieval, question);
    const starts = events.filter((event) => event.type === "span-start");
    const span = starts.find(({ name }) => name === "rerank");
    expect(span).toMatchObject({ parent_span_id: parentSpanId, input: { model: "judge" } });
    const ends = events.filter((event) => event.type === "span-end");
    const end = ends.find(({ span_id }) => span_id === span?.span_id);
    expect(end).toMatchObject({ status: "ok", output: { scores: expect.any(Array) } });
  });

  test.for<[string, Respond]>([
    ["fails", (response) => sendError(response, 500)],
    ["is late", () => undefined],
    ["answers something else", (response) => sendJson(response, 200, { scores: [1] })],
  ])("that %s keeps the merged order, with a warning", async ([, respond]) => {
    await using retrieval = await openReranked(respond, 100);
    const { outcome, events } = await ask.withEvents(retrieval, { ...question, topK: 8 });
    expect(outcome).toEqual(await unranked(8));
    const warnings = events.filter((event) => event.type === "log" && event.entry.level === "warn");
    expect(warnings).toMatchObject([{ entry: { message: expect.stringContaining("Not reranked") } }]);
  });

  test("that judges a part leaves the rest behind it, of unknown relevance", async () => {
    await using retrieval = await openReranked((response) =>
      sendJson(response, 200, { results: [{ index: 2, relevance_score: 0.01 }] }),
    );
    const merged = (await unranked(3)).passages.map(({ passage }) => passage.passage_id);
    const { outcome } = await ask.withEvents(retrieval, { ...question, topK: 3 });
    expect(outcome.passages.map(({ passage }) => passage.passage_id)).toEqual([
      merged[2],
      merged[0],
      merged[1],
    ]);
    expect(outcome.passages.map(({ relevance }) => relevance)).toEqual([0.01, null, null]);
  });
});
