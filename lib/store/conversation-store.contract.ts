import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runningVersion } from "./conversation-codec";
import type { ConversationStore } from "./conversation-store";
import { sampleFeedback, samplePlace, sampleShare, sampleTurn, sampleVersion } from "./sample-conversation";

/** Retention of the stores that `make` makes. */
export const CONTRACT_TTL_DAYS = 10;
const DAY_SECONDS = 86_400;

/** An empty store and a way to let time pass for it. */
export interface ConversationStoreHarness {
  store: ConversationStore;
  passSeconds(seconds: number): Promise<void>;
  close(): Promise<void>;
}

/** The laws of the port, for every adapter. */
export function describeConversationStore(name: string, make: () => Promise<ConversationStoreHarness>): void {
  describe(`conversation store: ${name}`, () => {
    let harness: ConversationStoreHarness;
    let store: ConversationStore;
    beforeEach(async () => {
      harness = await make();
      store = harness.store;
    });
    afterEach(() => harness.close());

    const list = async (query: { q?: string; before?: string } = {}) =>
      (await store.list("browser", { limit: 50, ...query })).items.map(({ session_id }) => session_id);
    const answer = async (session: string, n: number) => {
      const found = (await store.conversation(session))?.messages[2 * n - 1];
      return found?.role === "assistant" ? found : null;
    };

    it("begins a conversation with its first turn", async () => {
      await store.addTurn(sampleTurn("s", 1));
      expect(await store.conversation("s")).toEqual({
        session_id: "s",
        owner: "browser",
        title: "Title of s",
        created_at: 1001,
        updated_at: 1001,
        turns: 1,
        pinned: false,
        private: false,
        messages: [
          { message_id: "s-u1", role: "user", content: "question 1 of s", at: 1001, after: null },
          {
            message_id: "s-m1",
            role: "assistant",
            at: 1001,
            active: 0,
            versions: [{ ...runningVersion("s-r1"), feedback: null }],
          },
        ],
        share: null,
      });
      expect(await store.conversation("other")).toBeNull();
    });

    it("keeps the order of the turns, even of those of one instant, and the first title", async () => {
      for (let n = 1; n <= 12; n++) await store.addTurn(sampleTurn("s", n, { at: 5, title: `Title ${n}` }));
      const conversation = await store.conversation("s");
      const ids = conversation?.messages.map(({ message_id }) => message_id);
      expect(ids).toEqual(Array.from({ length: 12 }, (_, i) => [`s-u${i + 1}`, `s-m${i + 1}`]).flat());
      expect(conversation).toMatchObject({ title: "Title 1", turns: 12 });
    });

    it("is private from its first turn on or never", async () => {
      await store.addTurn(sampleTurn("s", 1, { private: true }));
      await store.addTurn(sampleTurn("s", 2, { at: 2000 }));
      await store.addTurn(sampleTurn("open", 1, { at: 1500 }));
      await store.addTurn(sampleTurn("open", 2, { at: 1600, private: true }));
      await store.update("s", { pinned: true });
      expect(await store.conversation("s")).toMatchObject({ private: true, turns: 2 });
      expect(await store.conversation("open")).toMatchObject({ private: false, turns: 2 });
      const { items } = await store.list("browser", { limit: 5 });
      expect(items.map((item) => [item.session_id, item.private])).toEqual([
        ["s", true],
        ["open", false],
      ]);
    });

    it("keeps cited passages as they were first, and no longer than the conversation", async () => {
      await store.keepPassages("s", [{ passage_id: "p1", text: "for nobody" }]);
      await store.addTurn(sampleTurn("s", 1));
      await store.addTurn(sampleTurn("other", 1));
      expect(await store.citedPassage("s", "p1")).toBeNull();
      await store.keepPassages("s", [
        { passage_id: "p1", text: "One." },
        { passage_id: "p2", text: "密钥 two" },
      ]);
      await store.keepPassages("s", [{ passage_id: "p1", text: "Changed." }]);
      await store.keepPassages("s", []);
      expect(await store.citedPassage("s", "p1")).toBe("One.");
      expect(await store.citedPassage("s", "p2")).toBe("密钥 two");
      expect(await store.citedPassage("other", "p1")).toBeNull();
      expect(await store.conversation("s")).toMatchObject({ updated_at: 1001, turns: 1 });
      await harness.passSeconds(CONTRACT_TTL_DAYS * DAY_SECONDS - 100);
      await store.setFeedback("s-r1", sampleFeedback);
      await harness.passSeconds(200);
      expect(await store.citedPassage("s", "p1")).toBe("One.");
      await store.delete("s");
      await store.addTurn(sampleTurn("s", 1));
      expect(await store.citedPassage("s", "p1")).toBeNull();
    });

    it("finishes an answer and keeps its feedback, in either order", async () => {
      for (const n of [1, 2]) await store.addTurn(sampleTurn("s", n));
      await store.finishVersion(samplePlace("s", 1), sampleVersion("s-r1"), 2000);
      await store.setFeedback("s-r1", sampleFeedback);
      await store.setFeedback("s-r2", sampleFeedback);
      await store.finishVersion(samplePlace("s", 2), sampleVersion("s-r2", { status: "aborted" }), 2001);
      expect((await answer("s", 1))?.versions).toEqual([
        { ...sampleVersion("s-r1"), feedback: sampleFeedback },
      ]);
      const second = { ...sampleVersion("s-r2", { status: "aborted" }), feedback: sampleFeedback };
      expect((await answer("s", 2))?.versions).toEqual([second]);
      expect(await store.conversation("s")).toMatchObject({ updated_at: 2001, created_at: 1001 });
      await store.setFeedback("s-r1", null);
      expect((await answer("s", 1))?.versions[0]?.feedback).toBeNull();
    });

    it("makes a new version the active one and keeps the old", async () => {
      await store.addTurn(sampleTurn("s", 1));
      await store.finishVersion(samplePlace("s", 1), sampleVersion("s-r1"), 2000);
      await store.addVersion(samplePlace("s", 1), "again", 3000, "edited");
      expect(await answer("s", 1)).toMatchObject({
        active: 1,
        versions: [{ request_id: "s-r1", status: "success" }, runningVersion("again", "edited")],
      });
      await store.finishVersion(samplePlace("s", 1), sampleVersion("again"), 3001);
      expect(await answer("s", 1)).toMatchObject({ active: 1, versions: [{}, { status: "success" }] });
      expect(await store.findVersion("again")).toEqual(samplePlace("s", 1));
    });

    it("remembers what an answer was asked after, and which of its versions is shown", async () => {
      for (const n of [1, 2]) await store.addTurn(sampleTurn("s", n));
      await store.addVersion(samplePlace("s", 1), "again", 3000, null);
      await store.activate(samplePlace("s", 1), "s-r1");
      expect((await store.conversation("s"))?.messages[2]).toMatchObject({ role: "user", after: "s-r1" });
      expect(await answer("s", 1)).toMatchObject({ active: 0 });
      await store.activate(samplePlace("s", 1), "again");
      expect(await answer("s", 1)).toMatchObject({ active: 1 });
      await store.activate(samplePlace("s", 1), "s-r2");
      expect(await answer("s", 1)).toMatchObject({ active: expect.toSatisfy((index) => index < 2) });
    });

    it("takes over a whole conversation, once", async () => {
      for (const n of [1, 2]) await store.addTurn(sampleTurn("s", n));
      await store.addVersion(samplePlace("s", 1), "again", 3000, "edited");
      await store.finishVersion(samplePlace("s", 1), sampleVersion("again", { question: "edited" }), 3001);
      await store.setFeedback("again", sampleFeedback);
      await store.activate(samplePlace("s", 1), "s-r1");
      await store.setShare("s", sampleShare);
      const original = await store.conversation("s");
      if (!original) throw new Error("it was not kept");
      await store.delete("s");
      await store.insert(original);
      await store.insert({ ...original, title: "Another" });
      expect(await store.conversation("s")).toEqual(original);
      expect(await list()).toEqual(["s"]);
      expect(await store.findVersion("again")).toEqual(samplePlace("s", 1));
      expect(await store.findShared(sampleShare.share_id)).toBe("s");
    });

    it("finds a shared conversation until that is ended, is replaced, or the conversation goes", async () => {
      await store.addTurn(sampleTurn("s", 1));
      expect(await store.findShared(sampleShare.share_id)).toBeNull();
      await store.setShare("s", sampleShare);
      expect(await store.conversation("s")).toMatchObject({ share: sampleShare });
      expect(await store.findShared(sampleShare.share_id)).toBe("s");
      await store.setShare("s", { ...sampleShare, share_id: "other" });
      expect(await store.findShared(sampleShare.share_id)).toBeNull();
      expect(await store.findShared("other")).toBe("s");
      await store.setShare("s", null);
      expect(await store.findShared("other")).toBeNull();
      expect(await store.conversation("s")).toMatchObject({ share: null });
      await store.setShare("s", sampleShare);
      await store.delete("s");
      expect(await store.findShared(sampleShare.share_id)).toBeNull();
    });

    it("changes nothing when everything is written twice", async () => {
      const writes = [
        () => store.addTurn(sampleTurn("s", 1)),
        () => store.finishVersion(samplePlace("s", 1), sampleVersion("s-r1"), 2000),
        () => store.addVersion(samplePlace("s", 1), "again", 3000, null),
        () => store.activate(samplePlace("s", 1), "s-r1"),
        () => store.setShare("s", sampleShare),
        () => store.setFeedback("s-r1", sampleFeedback),
        () => store.addTurn(sampleTurn("s", 2, { at: 4000 })),
        () => store.update("s", { pinned: true, title: "Mine" }),
      ];
      for (const write of writes) await write();
      const before = await store.conversation("s");
      for (const write of writes) await write();
      expect(await store.conversation("s")).toEqual(before);
      expect(before).toMatchObject({ turns: 2, updated_at: 4000, title: "Mine", pinned: true });
    });

    it("finds the conversation of an answer, until it is deleted", async () => {
      await store.addTurn(sampleTurn("s", 1));
      expect(await store.findVersion("s-r1")).toEqual(samplePlace("s", 1));
      expect(await store.findVersion("unknown")).toBeNull();
      await store.delete("s");
      expect(await store.findVersion("s-r1")).toBeNull();
    });

    it("ignores what is written to something that is not there", async () => {
      await store.finishVersion(samplePlace("s", 1), sampleVersion("s-r1"), 1);
      await store.addVersion(samplePlace("s", 1), "again", 1, null);
      await store.activate(samplePlace("s", 1), "again");
      await store.setShare("s", sampleShare);
      await store.setFeedback("s-r1", sampleFeedback);
      await store.update("s", { title: "Mine" });
      await store.delete("s");
      expect(await store.conversation("s")).toBeNull();
      expect(await store.findVersion("again")).toBeNull();
      await store.addTurn(sampleTurn("s", 1));
      await store.addVersion({ ...samplePlace("s", 1), message_id: "nowhere" }, "again", 1, null);
      await store.finishVersion(samplePlace("s", 1), sampleVersion("nobody's"), 1);
      expect((await answer("s", 1))?.versions).toHaveLength(1);
      expect(await store.findVersion("again")).toBeNull();
    });

    it("deletes a conversation for good: an answer that ends later does not bring it back", async () => {
      await store.addTurn(sampleTurn("s", 1));
      await store.delete("s");
      await store.finishVersion(samplePlace("s", 1), sampleVersion("s-r1"), 2000);
      expect(await store.conversation("s")).toBeNull();
      expect(await list()).toEqual([]);
      await store.addTurn(sampleTurn("s", 2));
      expect(await store.conversation("s")).toMatchObject({ turns: 1, created_at: 1002 });
    });

    it("refuses a turn for the conversation of another browser", async () => {
      await store.addTurn(sampleTurn("s", 1));
      const turn = store.addTurn(sampleTurn("s", 2, { owner: "stranger" }));
      await expect(turn).rejects.toMatchObject({ code: "not_found" });
      expect(await store.conversation("s")).toMatchObject({ turns: 1, owner: "browser" });
      expect((await store.list("stranger", { limit: 5 })).items).toEqual([]);
    });

    it("lists an owner's conversations, the pinned first and the newest before the older", async () => {
      for (const [i, id] of ["a", "b", "c"].entries()) await store.addTurn(sampleTurn(id, 1, { at: 10 + i }));
      await store.addTurn(sampleTurn("d", 1, { owner: "stranger" }));
      expect(await list()).toEqual(["c", "b", "a"]);
      await store.addTurn(sampleTurn("a", 2, { at: 20 }));
      expect(await list()).toEqual(["a", "c", "b"]);
      await store.update("b", { pinned: true });
      expect(await list()).toEqual(["b", "a", "c"]);
      await store.update("b", { pinned: false });
      await store.update("c", { title: "Renamed" });
      expect(await list()).toEqual(["a", "c", "b"]);
      const { items } = await store.list("browser", { limit: 2 });
      expect(items[1]).toEqual({
        session_id: "c",
        title: "Renamed",
        created_at: 12,
        updated_at: 12,
        turns: 1,
        pinned: false,
        private: false,
      });
    });

    it("searches titles, questions and answers in any case, and takes no character for a wildcard", async () => {
      await store.addTurn(sampleTurn("a", 1, { title: "Größe 100%" }));
      await store.addTurn(sampleTurn("b", 1, { title: "B" }));
      await store.finishVersion(
        samplePlace("b", 1),
        sampleVersion("b-r1", { content: "密钥 ROTATE_key" }),
        1500,
      );
      const queries = { GRÖSSE: [], GRÖßE: ["a"], "100%": ["a"], "%": ["a"], rotate_: ["b"], 密钥: ["b"] };
      for (const [q, expected] of Object.entries(queries))
        expect([q, await list({ q })]).toEqual([q, expected]);
      expect(await list({ q: "question 1 of A" })).toEqual(["a"]);
      expect(await list({ q: "Rotation" })).toEqual([]);
    });

    it("pages over everything once, whatever instants are equal and whatever is pinned", async () => {
      const sessions = fc.array(fc.tuple(fc.constantFrom(1, 2), fc.boolean()), {
        minLength: 1,
        maxLength: 12,
      });
      let round = 0;
      const cases = fc.asyncProperty(sessions, fc.integer({ min: 1, max: 5 }), async (entries, limit) => {
        const owner = `owner-${++round}`;
        const ids = entries.map((_, i) => `${round}-${i}`);
        for (const [i, [at, pinned]] of entries.entries()) {
          await store.addTurn(sampleTurn(ids[i] ?? "", 1, { owner, at }));
          await store.update(ids[i] ?? "", { pinned });
        }
        const seen: string[] = [];
        let before: string | null = null;
        do {
          const page = await store.list(owner, { limit, ...(before === null ? {} : { before }) });
          seen.push(...page.items.map(({ session_id }) => session_id));
          before = page.next;
        } while (before !== null && seen.length <= entries.length);
        const all = await store.list(owner, { limit: 50 });
        expect(seen).toEqual(all.items.map(({ session_id }) => session_id));
        expect([...seen].sort()).toEqual([...ids].sort());
      });
      await fc.assert(cases, { numRuns: 12 });
    });

    it("refuses a cursor that it has not given out", async () => {
      const page = store.list("browser", { limit: 5, before: "x" });
      await expect(page).rejects.toMatchObject({ code: "invalid_request", issues: [{ path: "before" }] });
    });

    it("is kept for its days from the last change", async () => {
      await store.addTurn(sampleTurn("s", 1));
      await harness.passSeconds(CONTRACT_TTL_DAYS * DAY_SECONDS - 100);
      await store.setFeedback("s-r1", sampleFeedback);
      await harness.passSeconds(CONTRACT_TTL_DAYS * DAY_SECONDS - 100);
      expect(await list()).toEqual(["s"]);
      expect(await store.findVersion("s-r1")).toEqual(samplePlace("s", 1));
      await harness.passSeconds(200);
      await store.finishVersion(samplePlace("s", 1), sampleVersion("s-r1"), 2000);
      expect(await store.conversation("s")).toBeNull();
      expect(await store.findVersion("s-r1")).toBeNull();
      expect(await list()).toEqual([]);
    });
  });
}
