import { describe, expect, it } from "vitest";
import { createFakeClock } from "@/lib/store/fake-clock";
import { sampleFeedback, samplePlace, sampleTurn, sampleVersion } from "@/lib/store/sample-conversation";
import { createSqliteConversationStore } from "@/lib/store/sqlite-conversation-store";
import {
  conversationFileSchema,
  fromConversationFile,
  refuseLaterFile,
  toConversationFile,
} from "./conversation-file";
import { countingIds } from "./pipeline.fixture";
import { readShared, toShare } from "./share-conversation";
import { toSessionView } from "./to-session-view";

const openStore = () =>
  createSqliteConversationStore({ path: ":memory:", clock: createFakeClock(), ttlDays: 10 });

/** Two questions, the first of them edited, so that one of the turns is in another branch. */
async function branched(store = openStore()) {
  for (const n of [1, 2]) {
    await store.addTurn(sampleTurn("s", n));
    await store.finishVersion(samplePlace("s", n), sampleVersion(`s-r${n}`), 2000 + n);
  }
  await store.addVersion(samplePlace("s", 1), "edited", 3000, "Second thoughts");
  await store.finishVersion(
    samplePlace("s", 1),
    sampleVersion("edited", { question: "Second thoughts" }),
    3001,
  );
  await store.setFeedback("s-r1", sampleFeedback);
  const conversation = await store.conversation("s");
  if (!conversation) throw new Error("no conversation");
  return conversation;
}
const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const importing = { uuid: countingIds().uuid, now: 9000 };

describe("an exported conversation", () => {
  it("comes back with every branch and version, under new ids and as the importer's own", async () => {
    const original = await branched();
    const file = conversationFileSchema.parse(throughJson(toConversationFile(original)));
    const imported = fromConversationFile(file, "someone", importing);
    expect(imported).toMatchObject({ owner: "someone", share: null, pinned: false, turns: 2 });
    const old = JSON.stringify(original).match(/s-[rmu]\d/g) ?? [];
    for (const id of old)
      expect(JSON.stringify(imported.messages.map((m) => m.message_id))).not.toContain(id);
    const store = openStore();
    await store.insert(imported);
    const kept = await store.conversation(imported.session_id);
    expect(kept).toEqual(imported);
    if (!kept) return;
    const texts = (conversation: typeof kept) =>
      toSessionView(conversation).messages.map((message) =>
        message.role === "user"
          ? message.content
          : message.versions.map(({ content, question, feedback }) => [content, question, feedback]),
      );
    expect(texts(kept)).toEqual(texts(original));
    const first = original.messages[1];
    const showFirst = (messages: typeof original.messages) =>
      messages.map((message, at) =>
        at === 1 && message.role === "assistant" ? { ...message, active: 0 } : message,
      );
    expect(first).toBeDefined();
    expect(texts({ ...kept, messages: showFirst(kept.messages) })).toEqual(
      texts({ ...original, messages: showFirst(original.messages) }),
    );
  });

  it("is refused with the place of what is wrong", async () => {
    const file = toConversationFile(await branched());
    const [question, answer] = file.messages;
    const bad: [string, object][] = [
      ["messages.2", { messages: [question, answer, question] }],
      ["messages.0", { messages: [answer, question] }],
      ["messages.1", { messages: [question, { ...answer, active: 9 }] }],
      ["messages.0", { messages: [question, answer, question, answer] }],
      ["title", { title: "" }],
      ["format", { format: "something" }],
    ];
    for (const [path, change] of bad) {
      const { error } = conversationFileSchema.safeParse(throughJson({ ...file, ...change }));
      expect(error?.issues.map((issue) => issue.path.join("."))).toContain(path);
    }
    expect(conversationFileSchema.safeParse({ ...file, owner: "x" }).success).toBe(false);
    expect(() => refuseLaterFile({ ...file, v: 2 })).toThrow(/later version/);
  });

  it("brings no address of its own, and no answer that is for ever being made", async () => {
    const file = toConversationFile(await branched());
    const hostile = JSON.stringify(file)
      .replaceAll("/kb/handbook/d1#p1", "javascript:alert(1)")
      .replaceAll('"status":"success"', '"status":"running"');
    const parsed = conversationFileSchema.parse(JSON.parse(hostile));
    const text = JSON.stringify(fromConversationFile(parsed, "someone", importing));
    expect(text).not.toContain("javascript:");
    expect(text).toContain("/documents/d1#p1");
    expect(text).not.toContain("running");
  });
});

describe("a shared conversation", () => {
  it("shows what was on screen then: neither later turns nor other versions, and no passage", async () => {
    const store = openStore();
    const share = toShare(await branched(store), 5000);
    await store.setShare("s", share);
    await store.addTurn(
      sampleTurn("s", 3, { user: { message_id: "u", content: "Private", after: "edited" } }),
    );
    await store.finishVersion(samplePlace("s", 3), sampleVersion("s-r3"), 6000);
    const shared = await readShared(share.share_id, store);
    expect(shared).toEqual({
      title: "Title of s",
      at: 5000,
      turns: [
        {
          question: "Second thoughts",
          answer: "answer of edited",
          status: "success",
          sources: [{ n: 1, title: "Keys", heading: "Rotation" }],
        },
      ],
    });
    expect(JSON.stringify(shared)).not.toContain("Keys are rotated");
  });

  it("is gone once it is revoked or deleted, and its address cannot be guessed", async () => {
    const store = openStore();
    const conversation = await branched(store);
    const [share, other] = [toShare(conversation, 1), toShare(conversation, 1)];
    expect(share.share_id).toMatch(/^[\w-]{24}$/);
    expect(share.share_id).not.toBe(other.share_id);
    await store.setShare("s", share);
    await store.setShare("s", null);
    expect(await readShared(share.share_id, store)).toBeNull();
    await store.setShare("s", other);
    await store.delete("s");
    expect(await readShared(other.share_id, store)).toBeNull();
  });

  it("has a complete answer at least", async () => {
    const store = openStore();
    await store.addTurn(sampleTurn("s", 1));
    const conversation = await store.conversation("s");
    expect(() => conversation && toShare(conversation, 1)).toThrow(/no complete answer/);
  });
});
