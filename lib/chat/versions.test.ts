import { describe, expect, it } from "vitest";
import type { ModelRequest } from "@/lib/llm/language-model";
import { chatRequestSchema } from "./chat-request";
import { BROWSER, readAll, startService } from "./chat-service.fixture";
import { passage, ranked, saying, scriptedModel, scriptedRetriever, testPorts } from "./pipeline.fixture";
import { toSessionView } from "./to-session-view";

const SESSION = "00000000-0000-7000-8000-000000000abc";
const options = { browserId: BROWSER, recorded: true };
type Service = ReturnType<typeof startService>;

async function ask({ service }: Service, message: string, more: object = {}) {
  const request = chatRequestSchema.parse({ message, session_id: SESSION, ...more });
  const run = await service.start(request, options, new AbortController().signal);
  const frames = await readAll(run.frames);
  const text = frames.map((frame) => (frame.status === "token" ? frame.content : "")).join("");
  return { requestId: run.requestId, frames, text };
}
async function view({ ports }: Service) {
  const conversation = await ports.conversations.conversation(SESSION);
  if (!conversation) throw new Error("no conversation");
  return toSessionView(conversation).messages;
}
const contents = async (started: Service) =>
  (await view(started)).map((message) =>
    message.role === "user" ? message.content : message.versions[message.active]?.content,
  );

describe("an edited question", () => {
  it("is a version of its own: the old one and what followed it are kept, and come back with it", async () => {
    const requests: ModelRequest[] = [];
    const model = scriptedModel(async function* (request) {
      requests.push(request);
      yield* saying(`answer ${requests.length}`)(request);
    });
    const started = startService(testPorts({ model }));
    const first = await ask(started, "Old question?");
    await ask(started, "A follow-up?");
    const edited = await ask(started, "New question?", { regenerate_of: first.requestId });
    expect(await contents(started)).toEqual(["New question?", "answer 3"]);
    expect(requests[2]?.messages.map(({ content }) => content).join()).not.toContain("follow-up");
    await ask(started, "Another follow-up?");
    expect(requests[3]?.messages.map(({ content }) => content).join()).toContain("New question?");
    expect(await contents(started)).toHaveLength(4);
    const place = await started.ports.conversations.findVersion(first.requestId);
    if (!place) throw new Error("no place");
    await started.ports.conversations.activate(place, first.requestId);
    expect(await contents(started)).toEqual(["Old question?", "answer 1", "A follow-up?", "answer 2"]);
    const [, answer] = await view(started);
    expect(answer).toMatchObject({
      active: 0,
      versions: [
        { request_id: first.requestId, question: "Old question?" },
        { request_id: edited.requestId, question: "New question?" },
      ],
    });
  });

  it("may be made again as it is", async () => {
    const started = startService(testPorts({}));
    const first = await ask(started, "Old question?");
    const edited = await ask(started, "New question?", { regenerate_of: first.requestId });
    const again = await ask(started, "New question?", { regenerate_of: edited.requestId });
    const message = (await started.ports.runs.read(again.requestId, 0))?.events[0];
    expect(message).toMatchObject({ type: "run-start", message: "New question?" });
    expect((await view(started))[0]).toMatchObject({ content: "New question?" });
  });
});

describe("an answer that goes on", () => {
  const cut = (text: string) =>
    scriptedModel(async function* (request) {
      yield { type: "text", text };
      const model = request.model;
      yield { type: "end", finishReason: "length", usage: null, model };
    });

  it("is a new version that begins with what was written, and asks the model for the rest alone", async () => {
    const started = startService(testPorts({ model: cut("Keys rotate ") }));
    const first = await ask(started, "How do keys rotate?");
    expect((await view(started))[1]).toMatchObject({ versions: [{ cut_short: true }] });
    const requests: ModelRequest[] = [];
    const model = scriptedModel(async function* (request) {
      requests.push(request);
      yield* saying("in place. [1]")(request);
    });
    const later = startService({ ...started.ports, model });
    const more = await ask(later, "anything", { continue_of: first.requestId });
    expect(more.text).toBe("Keys rotate in place. [1]");
    expect(requests[0]?.messages.slice(-2)).toEqual([
      { role: "assistant", content: "Keys rotate " },
      { role: "user", content: expect.stringContaining("Go on") },
    ]);
    expect((await view(later))[1]).toMatchObject({
      active: 1,
      versions: [{ content: "Keys rotate " }, { content: "Keys rotate in place. [1]", cut_short: false }],
    });
    const events = (await later.ports.runs.read(more.requestId, 0))?.events ?? [];
    expect(events.find(({ type }) => type === "generation-end")).toMatchObject({ response: "in place. [1]" });
    expect(events.find(({ type }) => type === "citations")).toMatchObject({
      citations: [{ n: 1, start: "Keys rotate in place. ".length }],
    });
  });

  it("is complete when there is nothing more to say", async () => {
    const started = startService(testPorts({ model: cut("All of it.") }));
    const first = await ask(started, "How do keys rotate?");
    const later = startService({ ...started.ports, model: scriptedModel(saying()) });
    const more = await ask(later, "anything", { continue_of: first.requestId });
    expect(more.frames.at(-1)).toMatchObject({ status: "done", finish_reason: "stop" });
    expect((await view(later))[1]).toMatchObject({ versions: [{}, { content: "All of it." }] });
  });

  it("begins anew where other passages are found by now: the old marks would lead elsewhere", async () => {
    const started = startService(testPorts({ model: cut("Keys rotate [1] ") }));
    const first = await ask(started, "How do keys rotate?");
    const other = ranked(passage("p9", "Keys are new."));
    const retrievers = (["naive_rag_agent", "hybrid_agent", "graph_agent"] as const).map((agentType) =>
      scriptedRetriever(agentType, async () => other),
    );
    const later = startService({ ...started.ports, retrievers, model: scriptedModel(saying("Anew. [1]")) });
    expect((await ask(later, "anything", { continue_of: first.requestId })).text).toBe("Anew. [1]");
  });

  it("is refused for a complete answer and for one of another browser", async () => {
    const started = startService(testPorts({}));
    const first = await ask(started, "How do keys rotate?");
    const request = chatRequestSchema.parse({ message: "x", continue_of: first.requestId });
    const here = new AbortController().signal;
    await expect(started.service.start(request, options, here)).rejects.toMatchObject({ code: "conflict" });
    const other = started.service.start(request, { ...options, browserId: "other" }, here);
    await expect(other).rejects.toMatchObject({ code: "not_found" });
  });
});
