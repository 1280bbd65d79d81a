import { describe, expect, it } from "vitest";
import { type Respond, sendError, sendJson, startFaultServer } from "./fault-server.fixture";
import { createOpenAiEmbeddingModel, type OpenAiEmbeddingModelOptions } from "./openai-embedding-model";

const never = new AbortController().signal;

function createModel(baseUrl: string, options: Partial<OpenAiEmbeddingModelOptions> = {}) {
  return createOpenAiEmbeddingModel({
    apiKey: null,
    baseUrl,
    model: "embedder",
    timeoutMs: 5_000,
    sleep: async () => undefined,
    ...options,
  });
}

/** One vector per text: its length and 1. Sent last first, as a server may. */
const embedding: Respond = (response, { body }) => {
  const input = body.input as string[];
  const data = input.map((text, index) => ({ index, embedding: [text.length, 1] })).reverse();
  sendJson(response, 200, { data, usage: { prompt_tokens: input.length, total_tokens: input.length } });
};

describe("embedding", () => {
  it("gives one vector per text in order, in batches of at most 96, and sums the tokens", async () => {
    await using server = await startFaultServer(embedding);
    const texts = Array.from({ length: 200 }, (_, index) => "x".repeat(index));
    const { vectors, promptTokens } = await createModel(server.baseUrl).embed(texts, never);
    expect(vectors.map(([length]) => length)).toEqual([1, ...texts.slice(1).map((text) => text.length)]);
    expect(server.requests.map(({ body }) => (body.input as string[]).length)).toEqual([96, 96, 8]);
    expect(promptTokens).toBe(200);
    expect(server.requests[0]?.body).toMatchObject({ model: "embedder", encoding_format: "float" });
  });

  it("asks nobody about nothing", async () => {
    await using server = await startFaultServer(embedding);
    expect(await createModel(server.baseUrl).embed([], never)).toEqual({ vectors: [], promptTokens: 0 });
    expect(server.requests).toHaveLength(0);
  });

  it("does not know the tokens where one batch did not report them", async () => {
    await using server = await startFaultServer((response) =>
      sendJson(response, 200, { data: [{ index: 0, embedding: [1] }] }),
    );
    expect((await createModel(server.baseUrl).embed(["a"], never)).promptTokens).toBeNull();
  });

  it("goes on after a server fault that passes", async () => {
    await using server = await startFaultServer((response, request, attempt) =>
      attempt === 1 ? sendError(response, 503) : embedding(response, request, attempt),
    );
    expect((await createModel(server.baseUrl).embed(["abc"], never)).vectors).toEqual([[3, 1]]);
  });

  it.each<[string, Respond, object]>([
    ["a vector too few", (response) => sendJson(response, 200, { data: [] }), { code: "model_bad_response" }],
    [
      "vectors of different lengths",
      (response) =>
        sendJson(response, 200, {
          data: [
            { index: 0, embedding: [1] },
            { index: 1, embedding: [1, 2] },
          ],
        }),
      { code: "model_bad_response" },
    ],
    ["something else", (response) => response.end("<html>"), { code: "model_bad_response" }],
    ["a wrong key", (response) => sendError(response, 401), { code: "model_unauthorized", retryable: false }],
    [
      "an unknown model",
      (response) => sendError(response, 404),
      { code: "model_unavailable", message: expect.stringContaining("EMBEDDING_MODEL") },
    ],
    ["no answer", () => undefined, { code: "model_timeout" }],
  ])("fails on %s", async (_, respond, expected) => {
    await using server = await startFaultServer(respond);
    const call = createModel(server.baseUrl, { timeoutMs: 100 }).embed(["a", "b"], never);
    await expect(call).rejects.toMatchObject(expected);
  });

  it("ends with the signal's reason", async () => {
    const reason = new Error("enough");
    const controller = new AbortController();
    await using server = await startFaultServer(() => controller.abort(reason));
    await expect(createModel(server.baseUrl).embed(["a"], controller.signal)).rejects.toBe(reason);
  });
});
