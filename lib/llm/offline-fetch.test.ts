import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createModels } from "./create-models";
import type { ModelChunk, ModelRequest } from "./language-model";
import { composeAnswer } from "./offline-answer";
import { createOfflineFetch } from "./offline-fetch";
import { samplePrompt } from "./sample-passages.fixture";
import { createTokenizer, loadTokenizer } from "./tokenizer";

const tokenizer = createTokenizer("offline");
beforeAll(() => loadTokenizer("offline"));
afterEach(() => void vi.unstubAllGlobals());

const atOnce = { sleep: async () => undefined };
const messages = samplePrompt("How long are traces kept on the Team plan?");
const promptTokens = () => messages.reduce((sum, { content }) => sum + tokenizer.count(content), 0);

function request(overrides: Partial<ModelRequest> = {}): ModelRequest {
  return {
    model: "offline",
    messages,
    temperature: null,
    signal: new AbortController().signal,
    ...overrides,
  };
}

async function createLanguageModel(options: Parameters<typeof createModels>[1] = atOnce) {
  const settings = { apiKey: null, baseUrl: null, chatModel: null, embeddingModel: null, timeoutMs: 5_000 };
  return (await createModels(settings, options)).language;
}

describe("the offline model behind the adapter", () => {
  it("streams the answer in pieces, with the usage counted", async () => {
    const chunks: ModelChunk[] = [];
    for await (const chunk of (await createLanguageModel()).stream(request())) chunks.push(chunk);
    const text = chunks.map((chunk) => (chunk.type === "text" ? chunk.text : "")).join("");
    expect(text).toBe(composeAnswer(messages));
    expect(chunks.length).toBeGreaterThan(10);
    const completionTokens = tokenizer.count(text);
    expect(chunks.at(-1)).toEqual({
      type: "end",
      finishReason: "stop",
      usage: {
        prompt_tokens: promptTokens(),
        completion_tokens: completionTokens,
        total_tokens: promptTokens() + completionTokens,
      },
      model: "offline",
    });
  });

  it("says which model answered, whatever model was asked for", async () => {
    for await (const chunk of (await createLanguageModel()).stream(request({ model: "gpt-4o" }))) {
      if (chunk.type === "end") expect(chunk.model).toBe("offline");
    }
  });

  it("sends nothing over the network", async () => {
    const fetch = vi.fn(async () => new Response());
    vi.stubGlobal("fetch", fetch);
    for await (const chunk of (await createLanguageModel()).stream(request())) expect(chunk).toBeDefined();
    expect(fetch).not.toHaveBeenCalled();
  });

  it("stops with the signal's reason in the middle of the answer", async () => {
    const reason = new Error("stopped");
    const controller = new AbortController();
    let texts = 0;
    const reading = (async () => {
      for await (const chunk of (await createLanguageModel()).stream(
        request({ signal: controller.signal }),
      )) {
        if (chunk.type === "text") texts += 1;
        if (texts === 3) controller.abort(reason);
      }
    })();
    await expect(reading).rejects.toBe(reason);
    expect(texts).toBe(3);
  });

  it("stops while it waits to send the next piece", async () => {
    const reason = new Error("stopped");
    const controller = new AbortController();
    const sleep = (_: number, signal: AbortSignal) =>
      new Promise<void>((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        controller.abort(reason);
      });
    const stream = (await createLanguageModel({ sleep })).stream(request({ signal: controller.signal }));
    await stream.next();
    await expect(stream.next()).rejects.toBe(reason);
  });

  it("lets a reader see it stream, in about a second", async () => {
    const waits: number[] = [];
    const sleep = async (ms: number) => void waits.push(ms);
    for await (const chunk of (await createLanguageModel({ sleep })).stream(request()))
      expect(chunk).toBeDefined();
    const total = waits.reduce((sum, ms) => sum + ms, 0);
    expect(total).toBeGreaterThan(500);
    expect(total).toBeLessThanOrEqual(1_200);
  });

  it("does not pretend to speak JSON", async () => {
    await expect((await createLanguageModel()).completeJson(request())).rejects.toMatchObject({
      code: "model_bad_response",
    });
  });
});

describe("the offline server", () => {
  const fetch = createOfflineFetch({ tokenizer, sleep: atOnce.sleep, now: () => 1_700_000_000_000 });
  const post = (body: unknown) =>
    fetch("http://offline.invalid/v1/chat/completions", {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
    });

  it("answers a whole completion in OpenAI's shape", async () => {
    const response = await post({ model: "offline", messages });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      object: "chat.completion",
      created: 1_700_000_000,
      model: "offline",
      choices: [
        { index: 0, message: { role: "assistant", content: composeAnswer(messages) }, finish_reason: "stop" },
      ],
      usage: { prompt_tokens: promptTokens() },
    });
  });

  it("streams usage only where it is asked for, and ends with the end mark", async () => {
    const plain = await (await post({ messages, stream: true })).text();
    const counted = await (
      await post({ messages, stream: true, stream_options: { include_usage: true } })
    ).text();
    expect(plain).not.toContain('"usage"');
    expect(counted).toContain(`"prompt_tokens":${promptTokens()}`);
    for (const body of [plain, counted]) expect(body.endsWith("data: [DONE]\n\n")).toBe(true);
  });

  it("reads a message that comes in parts", async () => {
    const response = await post({ messages: [{ role: "user", content: [{ type: "text", text: "你好" }] }] });
    expect(await response.json()).toMatchObject({
      choices: [{ message: { content: expect.stringMatching(/^你好/) } }],
    });
  });

  it.each([
    ["GET", "/v1/chat/completions", 404],
    ["POST", "/v1/embeddings", 404],
    ["GET", "/v1/models", 404],
  ])("has nothing at %s %s", async (method, path, status) => {
    const response = await fetch(`http://offline.invalid${path}`, { method });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      error: { code: "not_found", message: expect.any(String) },
    });
  });

  it.each(["{", "[]", {}, { messages: [] }, { messages: [{ role: "robot", content: "hi" }] }])(
    "refuses %j with 400",
    async (body) => {
      const response = await post(body);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error" } });
    },
  );

  it("ends its stream for a caller that goes, and for one that no longer reads", async () => {
    const controller = new AbortController();
    const body = JSON.stringify({ messages, stream: true });
    const address = "http://offline.invalid/v1/chat/completions";
    const response = await fetch(address, { method: "POST", body, signal: controller.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    controller.abort(new Error("gone"));
    await expect(reader?.read()).rejects.toThrow("gone");

    const unread = await fetch(address, { method: "POST", body });
    await expect(unread.body?.cancel()).resolves.toBeUndefined();
  });

  it("does not begin for a caller that has gone", async () => {
    const signal = AbortSignal.abort(new Error("gone"));
    await expect(
      fetch("http://offline.invalid/v1/chat/completions", { method: "POST", signal }),
    ).rejects.toThrow("gone");
  });
});
