import { describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/errors";
import { ModelError } from "@/lib/llm/language-model";
import { createMemoryStreamStore } from "@/lib/store/memory-stream-store";
import { chatRequestSchema } from "./chat-request";
import { BROWSER, readAll, startService } from "./chat-service.fixture";
import { giveFeedback } from "./give-feedback";
import {
  countingIds,
  fixedIndex,
  manualClock,
  saying,
  scriptedModel,
  scriptedRetriever,
  testPorts,
} from "./pipeline.fixture";
import { readConversation } from "./read-conversation";

const here = () => new AbortController().signal;
const request = (fields: object = {}) =>
  chatRequestSchema.parse({ message: "How do keys rotate?", ...fields });
const options = { browserId: BROWSER, recorded: true };
const SESSION = "0190a2b3-4c5d-7e6f-8a9b-0c1d2e3f4a5b";

/** A model that says one word and then waits until the test lets it go on. */
function gatedModel() {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const model = scriptedModel(async function* ({ signal }) {
    yield { type: "text", text: "One" };
    await Promise.race([
      gate,
      new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true })),
    ]);
    signal.throwIfAborted();
    yield { type: "text", text: " two" };
    yield { type: "end", finishReason: "stop", usage: null, model: "m" };
  });
  return { model, open };
}

describe("the chat service", () => {
  it("has the answer in the conversation when done is read", async () => {
    const { service, ports } = startService();
    const run = await service.start(request({ session_id: SESSION }), options, here());
    const frames = await readAll(run.frames);
    expect(frames.at(-1)).toMatchObject({ status: "done", finish_reason: "stop" });
    const conversation = await ports.conversations.conversation(SESSION);
    expect(conversation?.messages).toMatchObject([
      { role: "user", content: "How do keys rotate?" },
      {
        role: "assistant",
        versions: [
          { status: "success", content: "Keys rotate in place. [1]", stats: { agents_completed: 3 } },
        ],
      },
    ]);
  });

  it("does not show a conversation, an answer or a stream to another browser", async () => {
    const { service } = startService();
    const run = await service.start(request({ session_id: SESSION }), options, here());
    await readAll(run.frames);
    const stranger = { browserId: "browser-2", recorded: false };
    await expect(service.start(request({ session_id: SESSION }), stranger, here())).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(
      service.start(request({ regenerate_of: run.requestId }), stranger, here()),
    ).rejects.toMatchObject({ code: "not_found" });
    for (const browser of ["browser-2", null]) {
      await expect(service.stop(run.requestId, browser)).rejects.toMatchObject({ code: "not_found" });
      await expect(service.follow(run.requestId, browser, 0, here())).rejects.toMatchObject({
        code: "not_found",
      });
    }
  });

  it("lets a second reader follow from any frame without gap or duplicate, live and afterwards", async () => {
    const { model, open } = gatedModel();
    const { service } = startService({ model });
    const run = await service.start(request(), options, here());
    const first = readAll(run.frames);
    const second = readAll(await service.follow(run.requestId, BROWSER, 2, here()));
    open();
    const all = await first;
    expect(await second).toEqual(all.slice(2));
    expect(await readAll(await service.follow(run.requestId, BROWSER, 5, here()))).toEqual(all.slice(5));
  });

  it("keeps the partial answer when it is stopped, and stopping twice is once", async () => {
    const { model } = gatedModel();
    const { service, ports, sink } = startService({ model });
    const run = await service.start(request({ session_id: SESSION }), options, here());
    for await (const { frame } of run.frames) {
      if (frame.status === "token") {
        await service.stop(run.requestId, BROWSER);
        await service.stop(run.requestId, BROWSER);
      }
      if (frame.status === "done") expect(frame.finish_reason).toBe("aborted");
    }
    await service.stop(run.requestId, BROWSER);
    const conversation = await ports.conversations.conversation(SESSION);
    expect(conversation?.messages[1]).toMatchObject({ versions: [{ status: "aborted", content: "One" }] });
    expect(sink.exports).toHaveLength(1);
    expect(sink.exports[0]?.record.status).toBe("aborted");
  });

  it("hears a stop that another process put into the store", async () => {
    const { model } = gatedModel();
    const { service, ports } = startService({ model });
    const run = await service.start(request(), options, here());
    const frames = readAll(run.frames);
    await ports.streams.requestStop(run.requestId);
    expect((await frames).at(-1)).toMatchObject({ finish_reason: "aborted" });
  });

  it("goes on when its reader leaves, and ends after the grace when nobody comes back", async () => {
    vi.useFakeTimers();
    try {
      const { model } = gatedModel();
      const { service, sink } = startService({ model, graceMs: 5000 });
      const reader = new AbortController();
      const run = await service.start(request(), options, reader.signal);
      const frames = readAll(run.frames);
      await vi.advanceTimersByTimeAsync(10_000);
      expect(service.isLive(run.requestId)).toBe(true);
      reader.abort();
      await frames;
      await vi.advanceTimersByTimeAsync(4900);
      expect(service.isLive(run.requestId)).toBe(true);
      await vi.advanceTimersByTimeAsync(200);
      await vi.waitFor(() => expect(service.isLive(run.requestId)).toBe(false));
      expect(sink.exports[0]?.record.status).toBe("aborted");
    } finally {
      vi.useRealTimers();
    }
  });

  it("counts a reader of another process", async () => {
    vi.useFakeTimers();
    try {
      const { model } = gatedModel();
      const { service, ports } = startService({ model, graceMs: 1000 });
      const reader = new AbortController();
      const run = await service.start(request(), options, reader.signal);
      reader.abort();
      await readAll(run.frames);
      for (let second = 0; second < 8; second += 1) {
        await ports.streams.markReader(run.requestId);
        await vi.advanceTimersByTimeAsync(1000);
        expect(service.isLive(run.requestId)).toBe(true);
      }
      await vi.advanceTimersByTimeAsync(15_000);
      await vi.waitFor(() => expect(service.isLive(run.requestId)).toBe(false));
    } finally {
      vi.useRealTimers();
    }
  });

  it("keeps the old version when an answer is made again", async () => {
    const { service, ports } = startService();
    const run = await service.start(request({ session_id: SESSION }), options, here());
    await readAll(run.frames);
    const again = await service.start(request({ regenerate_of: run.requestId }), options, here());
    const frames = await readAll(again.frames);
    expect(frames[0]).toMatchObject({ session_id: SESSION });
    const conversation = await ports.conversations.conversation(SESSION);
    expect(conversation?.messages).toHaveLength(2);
    expect(conversation?.messages[1]).toMatchObject({
      active: 1,
      versions: [{ request_id: run.requestId }, { request_id: again.requestId, status: "success" }],
    });
  });

  it("replays a question outside any conversation", async () => {
    const { service, ports, sink } = startService();
    const run = await service.start(request({ session_id: SESSION }), options, here());
    await readAll(run.frames);
    const replay = await service.start(
      request({ replay_of: run.requestId, message: "ignored" }),
      options,
      here(),
    );
    await readAll(replay.frames);
    const conversation = await ports.conversations.conversation(SESSION);
    expect(conversation?.messages).toHaveLength(2);
    expect(sink.exports[1]?.record).toMatchObject({
      replay_of: run.requestId,
      message: "How do keys rotate?",
    });
  });

  it("masks what it records, and not what the reader gets", async () => {
    const secret = "sk-proj-abcdefghijklmnop1234";
    const { service, ports, sink } = startService({
      model: scriptedModel(async function* () {
        yield { type: "text", text: `It is ${secret}` };
        yield { type: "end", finishReason: "stop", usage: null, model: "m" };
      }),
    });
    const run = await service.start(request({ message: `Why is ${secret} refused?` }), options, here());
    const frames = await readAll(run.frames);
    expect(JSON.stringify(frames)).toContain(secret);
    const slice = await ports.runs.read(run.requestId, 0);
    expect(JSON.stringify([slice, sink.exports])).not.toContain(secret);
    expect(slice?.events.some((event) => String(event.type) === "token")).toBe(false);
  });

  it("records nothing for the sidebar when it shall not", async () => {
    const { service, ports } = startService();
    const run = await service.start(request(), { ...options, recorded: false }, here());
    await readAll(run.frames);
    expect(await ports.runs.read(run.requestId, 0)).toBeNull();
  });

  it("refuses an unknown knowledge base before anything is kept", async () => {
    const { service, ports } = startService();
    const asked = service.start(request({ kb_prefix: "nowhere", session_id: SESSION }), options, here());
    await expect(asked).rejects.toMatchObject({ code: "invalid_request", issues: [{ path: "kb_prefix" }] });
    expect(await ports.conversations.conversation(SESSION)).toBeNull();
  });

  it("lets running answers end when it drains, and takes no new ones", async () => {
    const { model, open } = gatedModel();
    const { service } = startService({ model });
    const run = await service.start(request(), options, here());
    const frames = readAll(run.frames);
    const drained = service.drain(10_000);
    await expect(service.start(request(), options, here())).rejects.toMatchObject({ code: "unavailable" });
    open();
    await drained;
    expect((await frames).at(-1)).toMatchObject({ finish_reason: "stop" });
  });

  it("has handed over what only Langfuse gets when it is drained", async () => {
    const { service, sink } = startService();
    const run = await service.start(request(), { ...options, recorded: false }, here());
    await readAll(run.frames);
    await service.drain(10_000);
    expect(sink.exports[0]?.record).toMatchObject({ request_id: run.requestId, status: "success" });
  });

  it("stops what does not end in time when it drains", async () => {
    const { model } = gatedModel();
    const { service } = startService({ model });
    const run = await service.start(request(), options, here());
    const frames = readAll(run.frames);
    await service.drain(20);
    expect((await frames).at(-1)).toMatchObject({ finish_reason: "aborted" });
  });

  it("leaves what follows an answer and does not end two seconds after its limit, and not before", async () => {
    const completeJson = () => new Promise<never>(() => {});
    const model = scriptedModel(saying("Keys rotate in place. [1]"), { extractive: false, completeJson });
    const { service } = startService({ model, supportCheck: "model" });
    await readAll((await service.start(request(), options, here())).frames);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      let isDrained = false;
      const drained = service.drain(1000).then(() => {
        isDrained = true;
      });
      await vi.advanceTimersByTimeAsync(2999);
      expect(isDrained).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      await drained;
    } finally {
      vi.useRealTimers();
    }
  });

  it("waits for a request that was let in just before, and answers it", async () => {
    const held = Promise.withResolvers<void>();
    const { ports: inner } = startService();
    const streams = {
      ...inner.streams,
      open: async (requestId: string, owner: string) => {
        await held.promise;
        await inner.streams.open(requestId, owner);
      },
    };
    const { service } = startService({ streams });
    const starting = service.start(request(), options, here());
    let isDrained = false;
    const drained = service.drain(10_000).then(() => {
      isDrained = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isDrained).toBe(false);
    held.resolve();
    const frames = readAll((await starting).frames);
    await drained;
    expect((await frames).at(-1)).toMatchObject({ finish_reason: "stop" });
  });

  it("leaves no stream behind for a turn that could not be kept", async () => {
    const { ports: inner } = startService();
    const full = new AppError("unavailable", "The disk is full.");
    const conversations = { ...inner.conversations, addTurn: () => Promise.reject(full) };
    const opened: string[] = [];
    const streams = {
      ...inner.streams,
      open: async (requestId: string, owner: string) => {
        opened.push(requestId);
        await inner.streams.open(requestId, owner);
      },
    };
    const { service, ports } = startService({ conversations, streams });
    await expect(service.start(request(), options, here())).rejects.toBe(full);
    expect(opened).toHaveLength(1);
    expect(await ports.streams.read(opened[0] ?? "", 0)).toBeNull();
  });

  it("masks the terms that searching cut a secret into", async () => {
    const cutting = testPorts().retrievers.map(({ agentType }) =>
      scriptedRetriever(agentType, async () => []),
    );
    const signals = [{ term: "corp", weight: 0.9 }];
    const index = fixedIndex([{ kb_prefix: "docs", confidence: 0.9, signals }]);
    const { service, ports } = startService({ retrievers: cutting, index });
    const message = "Why is bob@corp.com refused?";
    const run = await service.start(request({ message }), options, here());
    await readAll(run.frames);
    const slice = await ports.runs.read(run.requestId, 0);
    expect(JSON.stringify(slice)).not.toContain("corp");
  });

  it("says that the model limps from a fault of it until an answer succeeds", async () => {
    let broken = true;
    const model = scriptedModel(async function* () {
      if (broken) throw new ModelError("model_unavailable", "The model did not answer.", { retryable: true });
      yield { type: "text", text: "Fine." };
      yield { type: "end", finishReason: "stop", usage: null, model: "m" };
    });
    const { service } = startService({ model });
    const ask = async () => readAll((await service.start(request(), options, here())).frames);
    expect(service.modelState()).toBe("ok");
    await ask();
    expect(service.modelState()).toBe("degraded");
    broken = false;
    await ask();
    expect(service.modelState()).toBe("ok");
  });

  it("keeps an answer while it is written, and what there was of it when its process dies", async () => {
    const clock = manualClock();
    const { model, open } = gatedModel();
    const steady = scriptedModel(async function* (call) {
      for await (const chunk of model.stream(call)) {
        clock.advance(3000);
        yield chunk;
      }
    });
    const { service, ports } = startService({ model: steady, clock });
    const run = await service.start(request({ session_id: SESSION }), options, here());
    const version = async () => {
      const message = (await ports.conversations.conversation(SESSION))?.messages[1];
      return message?.role === "assistant" ? message.versions[0] : undefined;
    };
    await expect
      .poll(version)
      .toMatchObject({ status: "running", content: "One", sources: [{ n: 1 }, { n: 2 }] });
    // A server that starts anew finds the conversation, and no stream.
    const anew = { ...ports, streams: createMemoryStreamStore({ clock }) };
    await readConversation(SESSION, BROWSER, anew, () => false);
    expect(await version()).toMatchObject({
      status: "error",
      content: "One",
      sources: [{ n: 1 }, { n: 2 }],
      error: { code: "interrupted", retryable: true },
    });
    open();
    await readAll(run.frames);
  });

  it("closes a run whose process died, for the stream, the record and the conversation alike", async () => {
    const { ports } = startService();
    const ids = countingIds();
    const [requestId, messageId] = [ids.uuid(), ids.uuid()];
    await ports.conversations.addTurn({
      session_id: SESSION,
      owner: BROWSER,
      title: "t",
      private: false,
      at: Date.now(),
      user: { message_id: ids.uuid(), content: "q", after: null },
      assistant: { message_id: messageId, request_id: requestId },
    });
    const conversation = await readConversation(SESSION, BROWSER, ports, () => false);
    expect(conversation.messages[1]).toMatchObject({
      versions: [{ status: "error", error: { code: "interrupted" } }],
    });
  });
});

describe("feedback", () => {
  it("replaces the old vote, and null takes it back", async () => {
    const { service, ports } = startService(testPorts({}));
    const run = await service.start(request({ session_id: SESSION }), options, here());
    await readAll(run.frames);
    const vote = (value: "up" | "down" | null) =>
      giveFeedback({ request_id: run.requestId, value }, BROWSER, ports);
    const kept = async () => {
      const message = (await ports.conversations.conversation(SESSION))?.messages[1];
      const inRun = (await ports.runs.read(run.requestId, 0))?.facts.feedback?.value ?? null;
      return [message?.role === "assistant" ? (message.versions[0]?.feedback?.value ?? null) : "", inRun];
    };
    await vote("up");
    expect(await kept()).toEqual(["up", "up"]);
    await vote("down");
    expect(await kept()).toEqual(["down", "down"]);
    await vote(null);
    expect(await kept()).toEqual([null, null]);
  });

  it("is refused for an answer of another browser", async () => {
    const { service, ports } = startService();
    const run = await service.start(request(), options, here());
    await readAll(run.frames);
    await expect(
      giveFeedback({ request_id: run.requestId, value: "up" }, "other", ports),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});
