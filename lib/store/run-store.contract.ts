import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Payload, PayloadPart } from "@/lib/domain/payload";
import type { RunFacts, RunQuery, RunStore } from "./run-store";
import { eventsArbitrary, sampleEvent, sampleEvents, sampleHead, sampleSummary } from "./sample-run";

/** Time to live of the stores that `make` makes. */
export const CONTRACT_TTL_SECONDS = 100;

/** An empty store and a way to let time pass for it. */
export interface RunStoreHarness {
  store: RunStore;
  passSeconds(seconds: number): Promise<void>;
  close(): Promise<void>;
}

const up: RunFacts["feedback"] = { value: "up", reasons: [], comment: null, at: 5 };
const pending: RunFacts["trace"] = { state: "pending", url: null, reason: null, observation_base: null };

const title: RunFacts["title"] = {
  span_id: "00000000000000aa",
  name: "title_model",
  purpose: "title",
  model: "m",
  parameters: {},
  messages: [],
  response: '{"title":"Keys"}',
  usage: null,
  usage_source: null,
  cost_usd: null,
  ttft_ms: null,
  duration_ms: 3,
  finish_reason: "stop",
};
const support: RunFacts["support"] = {
  method: "lexical",
  pending: false,
  citations: [
    {
      start: 3,
      support: 0.4,
      evidence: { sentence: "24 小时", missing: ["72"], negation: false, reason: null },
    },
    { start: 9, support: null, evidence: null },
  ],
  generation: null,
};

export interface RunStoreTraits {
  /** What becomes of a gap: an adapter refuses it, a store that never throws counts it. */
  gaps: "refused" | "counted";
}

/** The laws of the port, for every adapter. */
export function describeRunStore(
  name: string,
  make: () => Promise<RunStoreHarness>,
  { gaps }: RunStoreTraits = { gaps: "refused" },
): void {
  describe(`run store: ${name}`, () => {
    let harness: RunStoreHarness;
    let store: RunStore;
    beforeEach(async () => {
      harness = await make();
      store = harness.store;
    });
    afterEach(() => harness.close());

    const seqs = async (id: string, after = 0) => (await store.read(id, after))?.events.map(({ seq }) => seq);
    const dropped = async (id: string) => (await store.read(id, 0))?.head.dropped;
    const ids = async (query: Partial<RunQuery> = {}) => {
      const page = await store.list({ sort: "time", limit: 50, ...query });
      return page.items.map(({ summary }) => summary.request_id);
    };
    const put = (id: string, changes: Parameters<typeof sampleSummary>[1] = {}) =>
      store.putSummary(sampleSummary(id, changes));

    describe("payloads", () => {
      const payload = (part: PayloadPart, value: Payload["value"] = "long"): Payload => ({
        span_id: "00000000000000aa",
        part,
        value,
        complete: true,
      });
      const read = (id: string, part: PayloadPart = "output") => store.payload(id, "00000000000000aa", part);

      it("gives each part of each run back, the newest of it", async () => {
        for (const id of ["a", "b"]) await store.append(sampleHead(id), sampleEvents(id, 1, 1));
        await store.putPayload("a", payload("output", "old"));
        await store.putPayload("a", payload("output", { text: "密钥 \u0000 “”" }));
        await store.putPayload("a", payload("input"));
        expect(await read("a")).toEqual(payload("output", { text: "密钥 \u0000 “”" }));
        expect(await read("a", "input")).toEqual(payload("input"));
        expect([await read("a", "messages"), await read("b"), await read("c")]).toEqual([null, null, null]);
      });

      it("keeps them as long as the run's events and no longer", async () => {
        await store.append(sampleHead("a"), sampleEvents("a", 1, 1));
        await store.putPayload("a", payload("output"));
        await harness.passSeconds(CONTRACT_TTL_SECONDS - 10);
        await store.append(sampleHead("a"), sampleEvents("a", 2, 2));
        await harness.passSeconds(20);
        expect(await read("a")).not.toBeNull();
        await harness.passSeconds(CONTRACT_TTL_SECONDS);
        expect(await read("a")).toBeNull();
      });

      it("deletes them with the run, and takes none for it afterwards", async () => {
        await store.append(sampleHead("a"), sampleEvents("a", 1, 1));
        await store.putPayload("a", payload("output"));
        await store.delete("a");
        await store.putPayload("a", payload("input"));
        expect([await read("a"), await read("a", "input")]).toEqual([null, null]);
      });
    });

    describe("events", () => {
      it("gives back any events as they were", async () => {
        let runs = 0;
        const cases = fc.asyncProperty(eventsArbitrary("r"), fc.nat({ max: 12 }), async (events, cut) => {
          const id = `r${++runs}`;
          const own = events.map((event) => ({ ...event, request_id: id }));
          await store.append(sampleHead(id), own.slice(0, cut));
          await store.append(sampleHead(id), own.slice(cut));
          expect((await store.read(id, 0))?.events).toEqual(own);
        });
        await fc.assert(cases, { numRuns: 50 });
      });

      it("reads a run with its head, its facts and its last seq", async () => {
        const head = sampleHead("a", { truncated: 2 });
        await store.append(head, sampleEvents("a", 1, 3));
        const facts = { feedback: null, trace: null, support: null, title: null };
        expect(await store.read("a", 0)).toMatchObject({
          head,
          facts,
          events: sampleEvents("a", 1, 3),
          lastSeq: 3,
        });
      });

      it("knows nothing of a run that was not appended", async () => {
        await put("b");
        expect(await store.read("a", 0)).toBeNull();
        expect(await store.read("b", 0)).toBeNull();
      });

      it("reads what follows the cursor, and nothing when nothing does", async () => {
        await store.append(sampleHead("a"), sampleEvents("a", 1, 12));
        expect(await seqs("a", 9)).toEqual([10, 11, 12]);
        expect(await store.read("a", 12)).toMatchObject({ events: [], lastSeq: 12 });
        expect(await store.read("a", Number.MAX_SAFE_INTEGER)).toMatchObject({ events: [], lastSeq: 12 });
      });

      it("stores nothing twice", async () => {
        await store.append(sampleHead("a"), sampleEvents("a", 1, 3));
        await store.append(sampleHead("a"), sampleEvents("a", 1, 3));
        await store.append(sampleHead("a"), sampleEvents("a", 2, 5));
        await store.append(sampleHead("a"), [...sampleEvents("a", 6, 7), ...sampleEvents("a", 6, 7)]);
        expect(await seqs("a")).toEqual([1, 2, 3, 4, 5, 6, 7]);
      });

      it.runIf(gaps === "refused")("refuses a gap and leaves everything as it was", async () => {
        await store.append(sampleHead("a"), sampleEvents("a", 1, 2));
        const late = store.append(sampleHead("a", { status: "success" }), sampleEvents("a", 4, 5));
        await expect(late).rejects.toMatchObject({ code: "conflict" });
        const torn = store.append(sampleHead("a"), [sampleEvent("a", 3), sampleEvent("a", 5)]);
        await expect(torn).rejects.toMatchObject({ code: "conflict" });
        await expect(store.append(sampleHead("b"), sampleEvents("b", 2, 2))).rejects.toMatchObject({
          code: "conflict",
        });
        expect(await store.read("a", 0)).toMatchObject({ head: { status: "running" }, lastSeq: 2 });
        expect(await store.read("b", 0)).toBeNull();
      });

      it.runIf(gaps === "counted")("counts what is missing and goes on", async () => {
        await store.append(sampleHead("a"), sampleEvents("a", 1, 2));
        await store.append(sampleHead("a"), sampleEvents("a", 5, 6));
        await store.append(sampleHead("a"), sampleEvents("a", 9, 9));
        expect(await seqs("a")).toEqual([1, 2, 5, 6, 9]);
        expect(await dropped("a")).toBe(4);
      });

      it("takes a gap that the head owns up to, and goes on counting it", async () => {
        await store.append(sampleHead("a"), sampleEvents("a", 1, 2));
        await store.append(sampleHead("a", { dropped: 2 }), sampleEvents("a", 5, 6));
        await store.append(sampleHead("a"), sampleEvents("a", 7, 7));
        expect(await seqs("a")).toEqual([1, 2, 5, 6, 7]);
        expect(await seqs("a", 2)).toEqual([5, 6, 7]);
        expect(await dropped("a")).toBe(2);
      });

      it.runIf(gaps === "refused")("refuses the next gap, which the head does not own up to", async () => {
        await store.append(sampleHead("a", { dropped: 2 }), sampleEvents("a", 3, 3));
        const next = store.append(sampleHead("a", { dropped: 2 }), sampleEvents("a", 5, 5));
        await expect(next).rejects.toMatchObject({ code: "conflict" });
      });

      it("replaces the head, with events and without, but not by an older one", async () => {
        await store.append(sampleHead("a"), sampleEvents("a", 1, 2));
        await store.append(sampleHead("a", { truncated: 1 }), sampleEvents("a", 3, 3));
        await store.append(sampleHead("a"), sampleEvents("a", 1, 2));
        expect(await store.read("a", 0)).toMatchObject({ head: { truncated: 1 } });
        await store.append(sampleHead("a", { status: "error" }), []);
        expect(await store.read("a", 0)).toMatchObject({ head: { status: "error" }, lastSeq: 3 });
      });
    });

    describe("time to live", () => {
      it("runs from the last event", async () => {
        await store.append(sampleHead("a"), sampleEvents("a", 1, 1));
        await put("a");
        await harness.passSeconds(CONTRACT_TTL_SECONDS - 10);
        await store.append(sampleHead("a"), sampleEvents("a", 2, 2));
        await harness.passSeconds(CONTRACT_TTL_SECONDS - 10);
        expect(await seqs("a")).toEqual([1, 2]);
        expect(await ids()).toEqual(["a"]);
        await harness.passSeconds(11);
        expect(await store.read("a", 0)).toBeNull();
        expect(await ids()).toEqual([]);
      });

      it("is neither prolonged nor shortened by facts, heads, summaries and repetitions", async () => {
        await store.append(sampleHead("a"), sampleEvents("a", 1, 2));
        await harness.passSeconds(CONTRACT_TTL_SECONDS - 10);
        await store.append(sampleHead("a", { status: "success" }), []);
        await store.append(sampleHead("a"), sampleEvents("a", 1, 2));
        await store.patchFacts("a", { feedback: up });
        await put("a");
        await harness.passSeconds(5);
        expect(await store.read("a", 0)).toMatchObject({ facts: { feedback: up } });
        expect(await ids()).toEqual(["a"]);
        await harness.passSeconds(6);
        expect(await store.read("a", 0)).toBeNull();
        expect(await ids()).toEqual([]);
      });
    });

    describe("facts", () => {
      it("are set one by one and taken back by null", async () => {
        await store.append(sampleHead("a"), sampleEvents("a", 1, 1));
        await store.patchFacts("a", { feedback: up });
        await store.patchFacts("a", { trace: pending });
        expect((await store.read("a", 0))?.facts).toEqual({
          feedback: up,
          trace: pending,
          support: null,
          title: null,
        });
        await store.patchFacts("a", { support });
        await store.patchFacts("a", { title });
        await store.patchFacts("a", { feedback: null });
        expect((await store.read("a", 0))?.facts).toEqual({
          feedback: null,
          trace: pending,
          support,
          title,
        });
      });

      it("do not bring a run into being", async () => {
        await store.patchFacts("a", { feedback: up });
        expect(await store.read("a", 0)).toBeNull();
        await store.append(sampleHead("a"), sampleEvents("a", 1, 1));
        expect((await store.read("a", 0))?.facts.feedback).toBeNull();
      });
    });

    describe("delete", () => {
      it("removes a run for good: what still arrives is ignored", async () => {
        await store.append(sampleHead("a"), sampleEvents("a", 1, 2));
        await put("a");
        await store.delete("a");
        await store.append(sampleHead("a"), sampleEvents("a", 3, 3));
        await store.append(sampleHead("a"), sampleEvents("a", 1, 3));
        await store.patchFacts("a", { feedback: up });
        await put("a");
        expect(await store.read("a", 0)).toBeNull();
        expect(await ids()).toEqual([]);
      });

      it("is known of a run that was deleted, of no other", async () => {
        await store.append(sampleHead("a"), sampleEvents("a", 1, 2));
        expect(await store.isDeleted("a")).toBe(false);
        await store.delete("a");
        expect([await store.isDeleted("a"), await store.isDeleted("b")]).toEqual([true, false]);
      });
    });

    describe("list", () => {
      it("shows each run once, with its newest line and its facts", async () => {
        await store.append(sampleHead("a"), sampleEvents("a", 1, 1));
        await put("a", { status: "running", total_duration_ms: null });
        await store.patchFacts("a", { feedback: up });
        await put("a", { total_duration_ms: 7 });
        const { items, next } = await store.list({ sort: "time", limit: 10 });
        const summary = sampleSummary("a", { total_duration_ms: 7 });
        expect(items).toEqual([
          { summary, facts: { feedback: up, trace: null, support: null, title: null } },
        ]);
        expect(next).toBeNull();
      });

      it("filters by every field", async () => {
        await store.append(sampleHead("a"), sampleEvents("a", 1, 1));
        await put("a", {
          session_id: "s2",
          kb_prefix: "hr",
          model: "gpt",
          agents: ["graph_agent", "hybrid_agent"],
        });
        await store.patchFacts("a", { feedback: up });
        await put("b", {
          status: "error",
          total_duration_ms: 9000,
          message: "ÜBER Fristen",
          started_at: 900,
        });
        await put("c", { total_duration_ms: null, answer: "Nothing of it.", started_at: 800 });
        const queries: [Partial<RunQuery>, string[]][] = [
          [{ session_id: "s2" }, ["a"]],
          [{ kb_prefix: "hr" }, ["a"]],
          [{ model: "gpt" }, ["a"]],
          [{ agent_type: "hybrid_agent" }, ["a"]],
          [{ feedback: "up" }, ["a"]],
          [{ feedback: "down" }, []],
          [{ status: "error" }, ["b"]],
          [{ min_ms: 9000 }, ["b"]],
          [{ q: "über" }, ["b"]],
          [{ q: "nothing" }, ["c"]],
          [{ status: "success", kb_prefix: "handbook" }, ["c"]],
          [{}, ["a", "b", "c"]],
        ];
        for (const [query, expected] of queries) expect([query, await ids(query)]).toEqual([query, expected]);
      });

      it("sorts by the value asked for, the unknown last", async () => {
        await put("a", { total_duration_ms: 5, total_tokens: null, cost_usd: 0.000125, started_at: 1 });
        await put("b", { total_duration_ms: null, total_tokens: 7, cost_usd: 0, started_at: 2 });
        await put("c", { total_duration_ms: 9, total_tokens: 8, cost_usd: null, started_at: 3 });
        expect(await ids({ sort: "time" })).toEqual(["c", "b", "a"]);
        expect(await ids({ sort: "duration" })).toEqual(["c", "a", "b"]);
        expect(await ids({ sort: "tokens" })).toEqual(["c", "b", "a"]);
        expect(await ids({ sort: "cost" })).toEqual(["a", "b", "c"]);
      });

      it("pages over everything once, whatever ranks are equal", async () => {
        const ranks = fc.array(fc.constantFrom(1, 2, 3), { minLength: 1, maxLength: 25 });
        let round = 0;
        const cases = fc.asyncProperty(ranks, fc.integer({ min: 1, max: 7 }), async (values, limit) => {
          const session_id = `session-${++round}`;
          const names = values.map((_, i) => `${round}-${i}`);
          await Promise.all(values.map((started_at, i) => put(names[i] ?? "", { started_at, session_id })));
          const seen: string[] = [];
          let before: string | null = null;
          do {
            const page = await store.list({
              sort: "time",
              limit,
              session_id,
              ...(before === null ? {} : { before }),
            });
            expect(page.items.length).toBeLessThanOrEqual(limit);
            seen.push(...page.items.map(({ summary }) => summary.request_id));
            before = page.next;
          } while (before !== null && seen.length <= values.length);
          expect(seen).toEqual(await ids({ session_id }));
          expect([...seen].sort()).toEqual([...names].sort());
        });
        await fc.assert(cases, { numRuns: 15 });
      });

      it("does not repeat or skip when runs arrive and go between two pages", async () => {
        for (const id of ["a", "b", "c", "d"]) await put(id, { started_at: 5 });
        const first = await store.list({ sort: "time", limit: 2 });
        expect(first.items.map(({ summary }) => summary.request_id)).toEqual(["d", "c"]);
        await put("e", { started_at: 5 });
        await store.delete("c");
        expect(await ids({ before: first.next ?? "" })).toEqual(["b", "a"]);
      });

      it("refuses a cursor that it has not given out", async () => {
        for (const before of ["", "x", "W10", "bnVsbA"]) {
          const page = store.list({ sort: "time", limit: 2, before });
          await expect(page).rejects.toMatchObject({ code: "invalid_request", issues: [{ path: "before" }] });
        }
      });
    });
  });
}
