import { describe, expect, it } from "vitest";
import { chatRequestSchema } from "./chat-request";
import { BROWSER, readAll, startService } from "./chat-service.fixture";
import { giveFeedback } from "./give-feedback";
import { saying, scriptedModel } from "./pipeline.fixture";

const PRIVATE = "0190a2b3-4c5d-7e6f-8a9b-0c1d2e3f4a5b";
const OPEN = "0190a2b3-4c5d-7e6f-8a9b-0c1d2e3f4a5c";
const options = { browserId: BROWSER, recorded: true };

/** A service that records all it may, and what a test asks of it. */
function startRecording(overrides: Parameters<typeof startService>[0] = {}) {
  const { service, ports, sink } = startService(overrides);
  const scores: string[] = [];
  sink.score = (requestId) => {
    scores.push(requestId);
    return "queued";
  };
  const ask = async (fields: object) => {
    const request = chatRequestSchema.parse({ message: "How do keys rotate?", ...fields });
    const run = await service.start(request, options, new AbortController().signal);
    const frames = await readAll(run.frames);
    await service.drain(0);
    return { ...run, frames };
  };
  return { ask, ports, sink, scores };
}

describe("a private conversation", () => {
  it("is answered and kept for its owner, and recorded nowhere", async () => {
    const { ask, ports, sink } = startRecording();
    const run = await ask({ session_id: PRIVATE, private: true });
    expect(run.recorded).toBe(false);
    expect(run.frames.at(-1)).toMatchObject({ status: "done", finish_reason: "stop" });
    expect(await ports.conversations.conversation(PRIVATE)).toMatchObject({ private: true, turns: 1 });
    expect(await ports.runs.read(run.requestId, 0)).toBeNull();
    expect((await ports.runs.list({ limit: 10, sort: "time" })).items).toEqual([]);
    expect([sink.exports, sink.supports.size]).toEqual([[], 0]);
  });

  it("stays private with every later turn and version, whether they say so or not", async () => {
    const first = startRecording();
    const { requestId } = await first.ask({ session_id: PRIVATE, private: true });
    const { service } = startService(first.ports);
    for (const fields of [{ session_id: PRIVATE }, { regenerate_of: requestId }]) {
      const request = chatRequestSchema.parse({ message: "And old keys?", ...fields });
      const run = await service.start(request, options, new AbortController().signal);
      await readAll(run.frames);
      expect(run.recorded).toBe(false);
    }
    expect(first.sink.exports).toEqual([]);
    expect((await first.ports.runs.list({ limit: 10, sort: "time" })).items).toEqual([]);
  });

  it("cannot be made of an open one, nor opened, nor recorded after all", async () => {
    const { ports } = startRecording();
    const { service } = startService(ports);
    const start = (fields: object) => {
      const request = chatRequestSchema.parse({ message: "How do keys rotate?", ...fields });
      return service.start(request, options, new AbortController().signal);
    };
    await readAll((await start({ session_id: PRIVATE, private: true })).frames);
    await readAll((await start({ session_id: OPEN })).frames);
    const refused = [
      { session_id: PRIVATE, private: false },
      { session_id: OPEN, private: true },
      { session_id: PRIVATE, debug: true },
      { private: true, debug: true },
    ];
    for (const fields of refused) await expect(start(fields)).rejects.toMatchObject({ code: "conflict" });
  });

  it("keeps its feedback to itself", async () => {
    const { ask, ports, scores } = startRecording();
    const { requestId } = await ask({ session_id: PRIVATE, private: true });
    const vote = { request_id: requestId, value: "down" as const, comment: "No." };
    expect(await giveFeedback(vote, BROWSER, ports)).toBe("disabled");
    expect(scores).toEqual([]);
    const answer = (await ports.conversations.conversation(PRIVATE))?.messages[1];
    expect(answer).toMatchObject({ versions: [{ feedback: { value: "down", comment: "No." } }] });
  });

  it("cannot be replayed, whoever knows the id of its answer", async () => {
    const first = startRecording();
    const { requestId } = await first.ask({ session_id: PRIVATE, private: true });
    const { service } = startService(first.ports);
    const request = chatRequestSchema.parse({ message: "x", replay_of: requestId });
    const replay = service.start(request, options, new AbortController().signal);
    await expect(replay).rejects.toMatchObject({ code: "not_found" });
  });

  it("is named by the model, and nobody else hears of that call", async () => {
    const model = scriptedModel(saying("Keys rotate in place. [1]"), {
      extractive: false,
      completeJson: async () => ({ text: '{"title":"Rotation"}', usage: null, model: "m" }),
    });
    const { ask, ports, sink } = startRecording({ model });
    await ask({ session_id: PRIVATE, private: true, kb_prefix: "docs" });
    expect(await ports.conversations.conversation(PRIVATE)).toMatchObject({ title: "Rotation" });
    expect(sink.exports).toEqual([]);
    expect((await ports.runs.list({ limit: 10, sort: "time" })).items).toEqual([]);
  });

  it("is not asked for together with a replay", () => {
    const parsed = chatRequestSchema.safeParse({ message: "x", replay_of: PRIVATE, private: true });
    expect(parsed.error?.issues).toMatchObject([{ path: ["private"] }]);
  });
});
