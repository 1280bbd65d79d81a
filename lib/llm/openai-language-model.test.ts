import { getEventListeners } from "node:events";
import type { ServerResponse } from "node:http";
import { LLMock } from "@copilotkit/aimock";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  finishChunk,
  type Respond,
  sendAnswer,
  sendError,
  sendEvents,
  sendJson,
  startFaultServer,
  textChunk,
  usageChunk,
} from "./fault-server.fixture";
import { type LanguageModel, type ModelChunk, ModelError, type ModelRequest } from "./language-model";
import { createOpenAiLanguageModel, type OpenAiLanguageModelOptions } from "./openai-language-model";

const KEY = "sk-secret";
const PROMPT = "the confidential question";

function createModel(baseUrl: string, options: Partial<OpenAiLanguageModelOptions> = {}): LanguageModel {
  return createOpenAiLanguageModel({
    apiKey: KEY,
    baseUrl,
    defaultModel: "some-model",
    timeoutMs: 5_000,
    sleep: async () => undefined,
    ...options,
  });
}

function request(overrides: Partial<ModelRequest> = {}): ModelRequest {
  return {
    model: "some-model",
    messages: [{ role: "user", content: PROMPT }],
    temperature: null,
    signal: new AbortController().signal,
    ...overrides,
  };
}

/** Everything until the end or the failure. */
async function drain(chunks: AsyncIterable<ModelChunk>) {
  const texts: string[] = [];
  try {
    for await (const chunk of chunks) {
      if (chunk.type === "end") return { texts, end: chunk, error: null };
      texts.push(chunk.text);
    }
  } catch (error) {
    return { texts, end: null, error };
  }
  return { texts, end: null, error: null };
}

async function failureOf(respond: Respond, options: Partial<OpenAiLanguageModelOptions> = {}) {
  await using server = await startFaultServer(respond);
  const { texts, error } = await drain(createModel(server.baseUrl, options).stream(request()));
  if (!(error instanceof ModelError)) throw new Error(`expected a ModelError, got ${error}`);
  return { texts, error, attempts: server.requests.length, port: new URL(server.baseUrl).port };
}

describe("a good answer", () => {
  it("is streamed as its tokens, then its usage and the model that the provider named", async () => {
    const mock = new LLMock({ port: 0 });
    mock.onMessage(PROMPT, {
      content: "Kept for one hour [1].",
      model: "gpt-4o-mini-2024-07-18",
      usage: { prompt_tokens: 21, completion_tokens: 9, total_tokens: 30 },
    });
    await mock.start();
    try {
      const { texts, end } = await drain(
        createModel(`${mock.url}/v1`).stream(request({ model: "gpt-4o-mini" })),
      );
      expect(texts.length).toBeGreaterThan(1);
      expect(texts.join("")).toBe("Kept for one hour [1].");
      expect(end).toEqual({
        type: "end",
        finishReason: "stop",
        usage: { prompt_tokens: 21, completion_tokens: 9, total_tokens: 30 },
        model: "gpt-4o-mini-2024-07-18",
      });
    } finally {
      await mock.stop();
    }
  });

  it("is asked for with usage, and with a temperature only where one is given", async () => {
    await using server = await startFaultServer(sendAnswer);
    const model = createModel(server.baseUrl);
    await drain(model.stream(request()));
    await drain(model.stream(request({ temperature: 0.2 })));
    const [first, second] = server.requests;
    expect(first?.body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    expect(first?.body).not.toHaveProperty("temperature");
    expect(second?.body.temperature).toBe(0.2);
    expect(first?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it("needs no key: a local server gets no Authorization header", async () => {
    await using server = await startFaultServer(sendAnswer);
    const { end } = await drain(createModel(server.baseUrl, { apiKey: null }).stream(request()));
    expect(end?.finishReason).toBe("stop");
    expect(server.requests[0]?.headers).not.toHaveProperty("authorization");
  });

  it("ends with usage null where the server reports none, or only zeros", async () => {
    for (const usage of [[], [usageChunk(0, 0)]]) {
      await using server = await startFaultServer((response) => {
        sendEvents(response, [textChunk("Hi"), finishChunk(), ...usage]);
        response.end("data: [DONE]\n\n");
      });
      const { end } = await drain(createModel(server.baseUrl).stream(request()));
      expect(end).toMatchObject({ finishReason: "stop", usage: null });
    }
  });

  it("ends although the server neither sends usage nor closes the connection", async () => {
    await using server = await startFaultServer((response) => {
      sendEvents(response, [textChunk("Hi"), finishChunk("length")]);
    });
    const { end } = await drain(createModel(server.baseUrl, { timeoutMs: 80 }).stream(request()));
    expect(end).toMatchObject({ finishReason: "length", usage: null });
    expect(await server.requests[0]?.cutByClient).toBe(true);
  });

  it("may think aloud for longer than the limit, and what it thinks is not shown", async () => {
    await using server = await startFaultServer((response) => {
      let thoughts = 0;
      const timer = setInterval(() => {
        sendEvents(response, [{ choices: [{ delta: { reasoning_content: "hm" } }] }]);
        thoughts += 1;
        if (thoughts < 6) return;
        clearInterval(timer);
        sendAnswer(response);
      }, 200);
    });
    const { texts } = await drain(createModel(server.baseUrl, { timeoutMs: 1_000 }).stream(request()));
    expect(texts).toEqual(["Hello", " there"]);
  });
});

describe("what a call leaves behind", () => {
  it.each<[string, Respond]>([
    ["an answer", sendAnswer],
    ["a failure", (response) => sendError(response, 401)],
    ["a cut", (response) => response.destroy()],
  ])("is nothing on the caller's signal after %s", async (_, respond) => {
    await using server = await startFaultServer(respond);
    const { signal } = new AbortController();
    await drain(createModel(server.baseUrl).stream(request({ signal })));
    await createModel(server.baseUrl)
      .completeJson(request({ signal }))
      .catch(() => undefined);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});

describe("a slow reader", () => {
  afterEach(() => void vi.useRealTimers());

  it("does not run into the limit: its own time between tokens does not count", async () => {
    vi.useFakeTimers();
    const chunks = [textChunk("a"), textChunk("b"), textChunk("c"), finishChunk()];
    const body = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("");
    const model = createModel("http://unused.invalid/v1", {
      timeoutMs: 100,
      fetch: async () => new Response(body, { headers: { "content-type": "text/event-stream" } }),
    });
    const seen: string[] = [];
    for await (const chunk of model.stream(request())) {
      seen.push(chunk.type);
      vi.advanceTimersByTime(1_000);
    }
    expect(seen).toEqual(["text", "text", "text", "end"]);
  });
});

describe("a failure before the first token", () => {
  it.each([
    [401, {}, "model_unauthorized", false, /OPENAI_API_KEY/],
    [403, {}, "model_unauthorized", false, /OPENAI_API_KEY/],
    [429, {}, "model_rate_limited", true, /Wait a moment/],
    [429, { code: "insufficient_quota" }, "model_rate_limited", false, /quota/],
    [402, {}, "model_rate_limited", false, /quota/],
    [404, { code: "model_not_found" }, "model_unavailable", false, /CHAT_MODEL/],
    [400, { message: "The model `x` does not exist" }, "model_unavailable", false, /CHAT_MODEL/],
    [
      400,
      { message: "This model's maximum context length is 8192" },
      "model_bad_response",
      false,
      /longer than/,
    ],
    [400, { message: "Unsupported value: 'temperature'" }, "model_bad_response", false, /temperature/],
    [422, {}, "model_bad_response", false, /refused the request/],
    [500, {}, "model_unavailable", true, /HTTP 500/],
    [503, {}, "model_unavailable", true, /HTTP 503/],
  ] as const)("HTTP %i %j is %s", async (status, shape, code, retryable, sentence) => {
    const { error, port } = await failureOf((response) => sendError(response, status, shape));
    expect(error).toMatchObject({ code, retryable });
    expect(error.message).toMatch(sentence);
    for (const secret of [KEY, PROMPT, "127.0.0.1", port, "internal-host", "some-model"]) {
      expect(error.message).not.toContain(secret);
    }
  });

  it("is tried again after 5xx, with a growing wait, and then given up", async () => {
    const waits: number[] = [];
    const sleep = async (ms: number) => void waits.push(ms);
    const { error, attempts } = await failureOf((response) => sendError(response, 502), { sleep });
    expect(attempts).toBe(3);
    expect(waits).toEqual([250, 500]);
    expect(error.code).toBe("model_unavailable");
  });

  it("is tried again after 429 when Retry-After asks for a few seconds, and the answer comes", async () => {
    const waits: number[] = [];
    await using server = await startFaultServer((response, _, attempt) => {
      if (attempt === 1) sendError(response, 429, {}, { "retry-after": "2" });
      else sendAnswer(response);
    });
    const model = createModel(server.baseUrl, { sleep: async (ms) => void waits.push(ms) });
    const { texts } = await drain(model.stream(request()));
    expect(texts.join("")).toBe("Hello there");
    expect(waits).toEqual([2_000]);
  });

  it.each([
    [429, {}],
    [429, { "retry-after": "120" }],
    [503, { "retry-after": "120" }],
    [401, {}],
    [400, {}],
  ])("is not tried again after %i with %j", async (status, headers) => {
    const { attempts } = await failureOf((response) => sendError(response, status, {}, headers));
    expect(attempts).toBe(1);
  });

  it("names the wait that the provider asked for", async () => {
    const { error } = await failureOf((response) => sendError(response, 429, {}, { "retry-after": "120" }));
    expect(error.message).toContain("120 s");
  });

  it("is model_unavailable when nothing listens, after three attempts", async () => {
    const server = await startFaultServer(sendAnswer);
    await server[Symbol.asyncDispose]();
    const waits: number[] = [];
    const model = createModel(server.baseUrl, { sleep: async (ms) => void waits.push(ms) });
    const { error } = await drain(model.stream(request()));
    expect(error).toMatchObject({ code: "model_unavailable", retryable: true });
    expect(waits).toHaveLength(2);
  });

  it("is model_unavailable when the host's name does not resolve", async () => {
    const { error } = await drain(createModel("http://no-such-host.invalid/v1").stream(request()));
    expect(error).toMatchObject({ code: "model_unavailable" });
    expect(String(error)).not.toContain("no-such-host");
  });

  it("is tried again when the server hangs up without an answer", async () => {
    await using server = await startFaultServer((response, _, attempt) => {
      if (attempt === 1) response.destroy();
      else sendAnswer(response);
    });
    const { texts } = await drain(createModel(server.baseUrl).stream(request()));
    expect(texts.join("")).toBe("Hello there");
  });

  it("is model_timeout when the server does not answer within the limit", async () => {
    const { error, attempts } = await failureOf(() => undefined, { timeoutMs: 60 });
    expect(error).toMatchObject({ code: "model_timeout", retryable: true });
    expect(error.message).toContain("MODEL_TIMEOUT_SECONDS");
    expect(attempts).toBe(1);
  });

  it("is model_timeout when the server only keeps the connection alive", async () => {
    const { error } = await failureOf(
      (response) => {
        sendEvents(response, [{ choices: [{ delta: { role: "assistant", content: "" } }] }]);
        const timer = setInterval(() => response.write(": ping\n\n"), 10);
        response.on("close", () => clearInterval(timer));
      },
      { timeoutMs: 80 },
    );
    expect(error.code).toBe("model_timeout");
  });

  it("stays the provider's fault when the limit passes during the wait for another attempt", async () => {
    const { error } = await failureOf((response) => sendError(response, 429, {}, { "retry-after": "5" }), {
      timeoutMs: 60,
      sleep: (_, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    });
    expect(error.code).toBe("model_rate_limited");
  });
});

describe("an answer that is none", () => {
  const html = (response: ServerResponse) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end("<!doctype html><html><body>Welcome to the proxy</body></html>");
  };
  const raw = (body: string) => (response: ServerResponse) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(body);
  };
  const filtered = (response: ServerResponse) => {
    sendEvents(response, [textChunk("I "), finishChunk("content_filter")]);
    response.end("data: [DONE]\n\n");
  };

  it.each<[string, Respond, string[]]>([
    ["an HTML page", html, []],
    ["a JSON value instead of a stream", (response) => sendJson(response, 200, { hello: 1 }), []],
    ["a chunk of broken JSON", raw('data: {"choices":[{"delta":{"content":"Hi"\n\n'), []],
    ["a chunk of another shape", raw('data: {"choices":"none"}\n\n'), []],
    ["a chunk that is no object", raw("data: 42\n\n"), []],
    ["garbage", raw("\u0000\u0001garbage\n\n\u0000"), []],
    ["an empty body", raw(""), []],
    ["only the end mark", raw("data: [DONE]\n\n"), []],
    ["an end without a text", raw(`data: ${JSON.stringify(finishChunk())}\n\ndata: [DONE]\n\n`), []],
    [
      "white space only",
      raw(`data: ${JSON.stringify(textChunk(" \n"))}\n\ndata: ${JSON.stringify(finishChunk())}\n\n`),
      [" \n"],
    ],
    ["a text that a filter stopped", filtered, ["I "]],
  ])("is model_bad_response: %s", async (_, respond, shown) => {
    const { error, texts } = await failureOf(respond);
    expect(error.code).toBe("model_bad_response");
    expect(error.message).not.toContain("proxy");
    expect(texts).toEqual(shown);
  });

  it("is an error that the stream reports, sorted by what it names", async () => {
    const report = (error: object) => raw(`data: ${JSON.stringify({ error })}\n\n`);
    const limited = await failureOf(report({ message: "slow down", code: 429 }));
    expect(limited.error.code).toBe("model_rate_limited");
    const broken = await failureOf(report({ message: "boom", type: "server_error" }));
    expect(broken.error).toMatchObject({ code: "model_unavailable", retryable: true });
  });
});

describe("a failure after the first token", () => {
  const begin = (response: ServerResponse) => sendEvents(response, [textChunk("Half "), textChunk("an ")]);

  it("is model_bad_response when the connection is cut, keeps the tokens, and is not tried again", async () => {
    const { error, texts, attempts } = await failureOf((response) => {
      begin(response);
      response.write("data: {", () => response.destroy());
    });
    expect(texts).toEqual(["Half ", "an "]);
    expect(error).toMatchObject({ code: "model_bad_response", retryable: true });
    expect(error.message).toMatch(/broke off/);
    expect(attempts).toBe(1);
  });

  it("is model_bad_response when the stream ends without a finish reason", async () => {
    const { error, texts } = await failureOf((response) => {
      begin(response);
      response.end("data: [DONE]\n\n");
    });
    expect(texts).toEqual(["Half ", "an "]);
    expect(error).toMatchObject({ code: "model_bad_response", retryable: true });
  });

  it("is model_timeout when it stalls between tokens, and the connection is closed", async () => {
    await using server = await startFaultServer(begin);
    const { error, texts } = await drain(createModel(server.baseUrl, { timeoutMs: 80 }).stream(request()));
    expect(texts).toEqual(["Half ", "an "]);
    expect(error).toMatchObject({ code: "model_timeout" });
    expect(await server.requests[0]?.cutByClient).toBe(true);
  });

  it("costs only the usage when it comes after the finish reason", async () => {
    await using server = await startFaultServer((response) => {
      sendEvents(response, [textChunk("Hi"), finishChunk()]);
      response.write("data: {", () => response.destroy());
    });
    const { end } = await drain(createModel(server.baseUrl).stream(request()));
    expect(end).toMatchObject({ finishReason: "stop", usage: null });
  });
});

describe("an abort", () => {
  const reason = new Error("stopped by the reader");

  it("before the first token ends the stream with the signal's reason and closes the connection", async () => {
    const controller = new AbortController();
    await using server = await startFaultServer(() => controller.abort(reason));
    const { error } = await drain(createModel(server.baseUrl).stream(request({ signal: controller.signal })));
    expect(error).toBe(reason);
    expect(await server.requests[0]?.cutByClient).toBe(true);
  });

  it("between tokens ends it too, and no token follows", async () => {
    const controller = new AbortController();
    await using server = await startFaultServer((response) => {
      sendEvents(
        response,
        Array.from({ length: 50 }, (_, index) => textChunk(`${index} `)),
      );
    });
    const texts: string[] = [];
    const stream = createModel(server.baseUrl).stream(request({ signal: controller.signal }));
    const reading = (async () => {
      for await (const chunk of stream) {
        if (chunk.type === "text") texts.push(chunk.text);
        if (texts.length === 3) controller.abort(reason);
      }
    })();
    await expect(reading).rejects.toBe(reason);
    expect(texts).toHaveLength(3);
    expect(await server.requests[0]?.cutByClient).toBe(true);
  });

  it("during the wait for another attempt ends it at once", async () => {
    const controller = new AbortController();
    await using server = await startFaultServer((response) => sendError(response, 503));
    const model = createModel(server.baseUrl, { sleep: async () => controller.abort(reason) });
    const { error } = await drain(model.stream(request({ signal: controller.signal })));
    expect(error).toBe(reason);
    expect(server.requests).toHaveLength(1);
  });

  it("that came before the call sends nothing", async () => {
    await using server = await startFaultServer(sendAnswer);
    const { error } = await drain(
      createModel(server.baseUrl).stream(request({ signal: AbortSignal.abort(reason) })),
    );
    expect(error).toBe(reason);
    expect(server.requests).toHaveLength(0);
  });

  it("is not needed by a reader that stops reading: the connection is closed", async () => {
    await using server = await startFaultServer((response) => sendEvents(response, [textChunk("Hi")]));
    for await (const chunk of createModel(server.baseUrl).stream(request())) {
      expect(chunk.type).toBe("text");
      break;
    }
    expect(await server.requests[0]?.cutByClient).toBe(true);
  });
});

describe("a server that refuses a parameter by name", () => {
  it("is asked again without stream_options, and never with it after that", async () => {
    await using server = await startFaultServer((response, { body }) => {
      if (body.stream_options) sendError(response, 400, { message: "Unrecognized argument: stream_options" });
      else sendAnswer(response);
    });
    const model = createModel(server.baseUrl);
    expect((await drain(model.stream(request()))).texts.join("")).toBe("Hello there");
    expect((await drain(model.stream(request()))).texts.join("")).toBe("Hello there");
    expect(server.requests.map(({ body }) => "stream_options" in body)).toEqual([true, false, false]);
  });

  it("is asked again without response_format", async () => {
    await using server = await startFaultServer((response, { body }) => {
      if (body.response_format) sendJson(response, 422, { detail: [{ loc: ["body", "response_format"] }] });
      else sendJson(response, 200, { choices: [{ message: { content: '{"a":1}' }, finish_reason: "stop" }] });
    });
    const { text } = await createModel(server.baseUrl).completeJson(request());
    expect(JSON.parse(text)).toEqual({ a: 1 });
  });
});

describe("a schema for the answer", () => {
  const schema = { name: "route", schema: { type: "object", properties: { a: { type: "number" } } } };
  const strict = { type: "json_schema", json_schema: { ...schema, strict: true } };
  const sendOne: Respond = (response) =>
    sendJson(response, 200, { choices: [{ message: { content: '{"a":1}' }, finish_reason: "stop" }] });

  /** Two calls to a server that refuses; returns what it was sent each time. */
  async function askTwice(refusal: (body: Record<string, unknown>) => string | null) {
    await using server = await startFaultServer((response, received, attempt) => {
      const message = refusal(received.body);
      if (message === null) sendOne(response, received, attempt);
      else sendError(response, 400, { message });
    });
    const model = createModel(server.baseUrl);
    for (let call = 0; call < 2; call += 1) {
      const { text } = await model.completeJson({ ...request({ temperature: 0 }), schema });
      expect(JSON.parse(text)).toEqual({ a: 1 });
    }
    return server.requests.map(({ body }) => body);
  }

  it("is sent to a server that takes it", async () => {
    const bodies = await askTwice(() => null);
    expect(bodies.map((body) => body.response_format)).toEqual([strict, strict]);
  });

  it.each(["json_schema is not supported", "This response_format type is unavailable now"])(
    "gives way to an object of any kind where the server says %j",
    async (message) => {
      const isSchema = (body: Record<string, unknown>) => JSON.stringify(body).includes("json_schema");
      const bodies = await askTwice((body) => (isSchema(body) ? message : null));
      const object = { type: "json_object" };
      expect(bodies.map((body) => body.response_format)).toEqual([strict, object, object]);
    },
  );

  it("gives way to no format at all where the server knows none", async () => {
    const bodies = await askTwice((body) => (body.response_format ? "unknown field response_format" : null));
    expect(bodies.map((body) => "response_format" in body)).toEqual([true, true, false, false]);
  });

  it("is kept where a model takes no temperature", async () => {
    const bodies = await askTwice((body) =>
      "temperature" in body ? "Unsupported value: 'temperature'" : null,
    );
    expect(bodies.map((body) => "temperature" in body)).toEqual([true, false, false]);
    expect(bodies.at(-1)?.response_format).toEqual(strict);
  });
});

describe("completeJson", () => {
  const answering =
    (content: string): Respond =>
    (response) =>
      sendJson(response, 200, {
        model: "served-model",
        choices: [{ message: { role: "assistant", content }, finish_reason: "stop" }],
        usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 },
      });

  it.each(['{"kb":"x"}', '```json\n{"kb":"x"}\n```', '<think>which one?</think>\n{"kb":"x"}'])(
    "answers the JSON value in %j with its usage",
    async (content) => {
      await using server = await startFaultServer(answering(content));
      const { text, usage, model } = await createModel(server.baseUrl).completeJson(request());
      expect(JSON.parse(text)).toEqual({ kb: "x" });
      expect(usage).toEqual({ prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 });
      expect(model).toBe("served-model");
      expect(server.requests[0]?.body.response_format).toEqual({ type: "json_object" });
    },
  );

  it.each<[string, Respond, string]>([
    ["prose", answering("I think it is x"), "model_bad_response"],
    ["HTML", (response) => response.end("<html>"), "model_bad_response"],
    ["no choices", (response) => sendJson(response, 200, { choices: [] }), "model_bad_response"],
    ["401", (response) => sendError(response, 401), "model_unauthorized"],
    ["nothing at all", () => undefined, "model_timeout"],
  ])("fails on %s", async (_, respond, code) => {
    await using server = await startFaultServer(respond);
    const model = createModel(server.baseUrl, { timeoutMs: 100 });
    await expect(model.completeJson(request())).rejects.toMatchObject({ code });
  });

  it("ends with the signal's reason", async () => {
    const reason = new Error("enough");
    const controller = new AbortController();
    await using server = await startFaultServer(() => controller.abort(reason));
    const call = createModel(server.baseUrl).completeJson(request({ signal: controller.signal }));
    await expect(call).rejects.toBe(reason);
  });
});

describe("cost of streaming", () => {
  it("stays below a fifth of one core at 2,000 tokens a second", async () => {
    const tokens = 10_000;
    const body = [...Array.from({ length: tokens }, () => textChunk("token ")), finishChunk()]
      .map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`)
      .join("");
    const model = createModel("http://unused.invalid/v1", {
      fetch: async () => new Response(body, { headers: { "content-type": "text/event-stream" } }),
    });
    await drain(model.stream(request()));
    const before = process.cpuUsage();
    const { texts } = await drain(model.stream(request()));
    const { user, system } = process.cpuUsage(before);
    expect(texts).toHaveLength(tokens);
    expect((user + system) / tokens).toBeLessThan(100);
  });
});
