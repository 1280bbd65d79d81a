import { describe, expect, it } from "vitest";
import { type Respond, sendError, sendJson, startFaultServer } from "./fault-server.fixture";
import { createHttpReranker } from "./http-reranker";

const never = new AbortController().signal;

const createReranker = (baseUrl: string, options: { apiKey?: string; timeoutMs?: number } = {}) =>
  createHttpReranker({ baseUrl, model: "judge", apiKey: null, timeoutMs: 5_000, ...options });

const answering =
  (...results: unknown[]): Respond =>
  (response) =>
    sendJson(response, 200, { id: "x", results });

/** Answers well, but elsewhere. */
const redirecting: Respond = (response, request, attempt) => {
  if (request.url === "/v1/rerank") response.writeHead(307, { location: "/elsewhere" }).end();
  else answering({ index: 0, relevance_score: 1 })(response, request, attempt);
};

describe("reranking", () => {
  it("asks in Cohere's protocol and gives the scores in the texts' order", async () => {
    await using server = await startFaultServer(
      answering({ index: 2, relevance_score: 0.9 }, { index: 0, relevance_score: 0.2 }),
    );
    const reranker = createReranker(`${server.baseUrl}/`, { apiKey: "sk-judge" });
    expect(await reranker.score("warm?", ["a", "b", "c"], never)).toEqual([0.2, null, 0.9]);
    const [request] = server.requests;
    expect(request?.url).toBe("/v1/rerank");
    expect(request?.headers.authorization).toBe("Bearer sk-judge");
    expect(request?.body).toEqual({ model: "judge", query: "warm?", documents: ["a", "b", "c"], top_n: 3 });
  });

  it("sends no key where there is none, and nothing for no text", async () => {
    await using server = await startFaultServer(answering({ index: 0, relevance_score: 1 }));
    const reranker = createReranker(server.baseUrl);
    expect(await reranker.score("warm?", [], never)).toEqual([]);
    await reranker.score("warm?", ["a"], never);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.headers).not.toHaveProperty("authorization");
  });

  it.each<[string, Respond, RegExp]>([
    ["a fault", (response) => sendError(response, 500), /status 500/],
    ["a wrong key", (response) => sendError(response, 401), /RERANK_API_KEY/],
    ["an index that was not sent", answering({ index: 2, relevance_score: 1 }), /RERANK_BASE_URL/],
    ["a score that is no number", answering({ index: 0, relevance_score: "high" }), /RERANK_BASE_URL/],
    ["a page", (response) => response.end("<html>"), /RERANK_BASE_URL/],
    ["a redirect", redirecting, /cannot be reached/],
    ["a cut connection", (response) => response.destroy(), /cannot be reached/],
    ["no answer", () => undefined, /longer than 100 ms/],
    ["half an answer", (response) => response.writeHead(200).write("{"), /longer than 100 ms/],
  ])("fails on %s with a message that names no host and no key", async (_, respond, message) => {
    await using server = await startFaultServer(respond);
    const timeoutMs = message.source.includes("longer") ? 100 : 10_000;
    const reranker = createReranker(server.baseUrl, { apiKey: "sk-judge", timeoutMs });
    const error = await reranker.score("warm?", ["a", "b"], never).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toMatch(/127\.0\.0\.1|sk-|secret/);
  });

  it("fails where nobody listens", async () => {
    const server = await startFaultServer(() => undefined);
    await server[Symbol.asyncDispose]();
    await expect(createReranker(server.baseUrl).score("warm?", ["a"], never)).rejects.toThrow("reached");
  });

  it("ends with the signal's reason", async () => {
    const reason = new Error("enough");
    const controller = new AbortController();
    await using server = await startFaultServer(() => controller.abort(reason));
    const call = createReranker(server.baseUrl).score("warm?", ["a"], controller.signal);
    await expect(call).rejects.toBe(reason);
    expect(await server.requests[0]?.cutByClient).toBe(true);
  });
});
