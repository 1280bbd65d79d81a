import { describe, expect, it } from "vitest";
import { until as eventually } from "@/lib/store/until";
import { chatRequestSchema } from "../chat-request";
import { BROWSER, readAll, startService } from "../chat-service.fixture";
import { saying, scriptedModel, testPorts } from "../pipeline.fixture";

const SESSION = "00000000-0000-7000-8000-000000000abc";
const QUESTION = "How do keys rotate, mail me at jo@example.org?";

/** A model that names conversations, and says no more than that where routing asks it. */
const naming = (title: unknown, whole: { asked: string[]; until?: Promise<void> } = { asked: [] }) =>
  scriptedModel(saying("In place. [1]"), {
    extractive: false,
    completeJson: async ({ messages }) => {
      const asked = messages.at(-1)?.content ?? "";
      if (messages[0]?.content.startsWith("Name a conversation")) whole.asked.push(asked);
      await whole.until;
      return { text: JSON.stringify({ title }), usage: null, model: "test-model" };
    },
  });

async function ask({ service }: ReturnType<typeof startService>, message = QUESTION, more: object = {}) {
  const request = chatRequestSchema.parse({ message, session_id: SESSION, kb_prefix: "docs", ...more });
  const run = await service.start(
    request,
    { browserId: BROWSER, recorded: true },
    new AbortController().signal,
  );
  await readAll(run.frames);
  return run.requestId;
}
const titleOf = async ({ ports }: ReturnType<typeof startService>) =>
  (await ports.conversations.conversation(SESSION))?.title;

describe("the title of a new conversation", () => {
  it("is made by the model after the first answer, recorded, and holds nothing that is masked", async () => {
    const whole = { asked: [] as string[] };
    const started = startService(testPorts({ model: naming("Rotating keys", whole) }));
    const requestId = await ask(started);
    await eventually(async () => (await titleOf(started)) === "Rotating keys");
    await eventually(async () => (await started.ports.runs.read(requestId, 0))?.facts.title != null);
    const facts = (await started.ports.runs.read(requestId, 0))?.facts;
    expect(facts?.title).toMatchObject({ purpose: "title", response: '{"title":"Rotating keys"}' });
    expect(whole.asked.join()).toContain("In place.");
    expect(whole.asked.join()).not.toContain("jo@example.org");
    await eventually(async () =>
      started.sink.exports.some(({ record }) => record.spans[0]?.name === "title"),
    );
  });

  it("is asked for once, and not when it was renamed meanwhile", async () => {
    const { promise: until, resolve: answer } = Promise.withResolvers<void>();
    const whole = { asked: [] as string[], until };
    const started = startService(testPorts({ model: naming("Rotating keys", whole) }));
    await ask(started);
    await started.ports.conversations.update(SESSION, { title: "Mine" });
    answer();
    await ask(started, "And then?");
    await started.service.drain(1000);
    expect(whole.asked).toHaveLength(1);
    expect(await titleOf(started)).toBe("Mine");
  });

  it("stays the question's first line where the model says something else, or is the extractive one", async () => {
    for (const model of [naming(7), naming("x".repeat(200)), scriptedModel(saying("In place. [1]"))]) {
      const started = startService(testPorts({ model }));
      await ask(started);
      await started.service.drain(1000);
      expect(await titleOf(started)).toBe(QUESTION);
    }
  });
});
