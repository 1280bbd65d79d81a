import { describe, expect, it } from "vitest";
import { importRun } from "@/lib/debug/import-run";
import { sampleRecord } from "@/lib/run-view/run-record.fixture";
import { chatRequestSchema } from "./chat-request";
import { BROWSER, readAll, startService } from "./chat-service.fixture";

const SESSION = "0190a2b3-4c5d-7e6f-8a9b-0c1d2e3f4a5b";
const SECRET_QUESTION = "Why is bob@corp.com refused?";
const options = { browserId: BROWSER, recorded: true };

/** A service that answers, and what a test asks of it. */
function startReplays() {
  const { service, ports, sink } = startService();
  const ask = async (fields: object) => {
    const request = chatRequestSchema.parse({ message: "How do keys rotate?", ...fields });
    const run = await service.start(request, options, new AbortController().signal);
    await readAll(run.frames);
    return run.requestId;
  };
  return { ask, ports, sink };
}

describe("a replay", () => {
  it("stands in no conversation, is recorded, and says what it replays and with what", async () => {
    const { ask, ports, sink } = startReplays();
    const original = await ask({ session_id: SESSION });
    const overrides = { top_k: 2, context_tokens: 512, temperature: 0.5, system_prompt: "Answer in rhymes." };
    const replay = await ask({ replay_of: original, agent_type: "naive_rag_agent", overrides });
    expect((await ports.conversations.conversation(SESSION))?.messages).toHaveLength(2);
    const list = await ports.conversations.list(BROWSER, { limit: 10 });
    expect(list.items.map(({ session_id }) => session_id)).toEqual([SESSION]);
    const record = sink.exports.find((run) => run.record.request_id === replay)?.record;
    expect(record).toMatchObject({
      replay_of: original,
      message: "How do keys rotate?",
      settings: { top_k: 2, context_tokens: 512, temperature: 0.5 },
      rag_plan: [{ agent_type: "naive_rag_agent", top_k: 2 }],
    });
    expect(record?.generations[0]?.messages[0]?.content).toBe("Answer in rhymes.");
  });

  it("asks in the original words with the turns before them, also where the record is masked", async () => {
    const { ask, sink } = startReplays();
    await ask({ session_id: SESSION });
    const original = await ask({ session_id: SESSION, message: SECRET_QUESTION });
    await ask({ replay_of: original, message: "ignored" });
    const [, asked, replayed] = sink.exports.map(({ record }) => record.generations[0]?.messages);
    expect(replayed).toEqual(asked);
  });

  it("of a replay asks what the first run asked", async () => {
    const { ask, sink } = startReplays();
    const original = await ask({ session_id: SESSION, message: SECRET_QUESTION });
    const again = await ask({ replay_of: await ask({ replay_of: original }) });
    const records = sink.exports.map(({ record }) => record);
    expect(records.at(-1)?.request_id).toBe(again);
    expect(records.at(-1)?.generations[0]?.messages).toEqual(records[0]?.generations[0]?.messages);
  });

  it("takes the record's question where the conversation is gone, and refuses a masked one", async () => {
    const { ask, ports, sink } = startReplays();
    const plain = await ask({ session_id: SESSION });
    const masked = await ask({ session_id: SESSION, message: SECRET_QUESTION });
    await ports.conversations.delete(SESSION);
    await ask({ replay_of: plain, message: "ignored" });
    expect(sink.exports.at(-1)?.record.message).toBe("How do keys rotate?");
    await expect(ask({ replay_of: masked })).rejects.toMatchObject({ code: "conflict" });
  });

  it("of an imported run asks its question in a conversation id of its own", async () => {
    const { ask, ports, sink } = startReplays();
    const sample = { ...sampleRecord(), replay_of: await ask({ session_id: SESSION }) };
    const imported = await importRun(sample, ports);
    await ask({ replay_of: imported });
    const replayed = sink.exports.at(-1)?.record;
    expect(replayed).toMatchObject({ replay_of: imported, message: sample.message });
    expect([sample.session_id, SESSION]).not.toContain(replayed?.session_id);
  });

  it("of a run that is not stored is refused", async () => {
    const { ask } = startReplays();
    const unknown = "0190a2b3-4c5d-7e6f-8a9b-0c1d2e3f0000";
    await expect(ask({ replay_of: unknown })).rejects.toMatchObject({ code: "not_found" });
  });
});
