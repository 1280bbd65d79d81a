import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChatFrame } from "@/lib/events/chat-frame";
import type { StreamStore } from "./stream-store";

/** An empty store and a way to let time pass for it. */
export interface StreamStoreHarness {
  store: StreamStore;
  passSeconds(seconds: number): Promise<void>;
  close(): Promise<void>;
}

export interface StreamStoreTraits {
  /** Whether the lease has to be renewed; in memory it ends with the process. */
  leaseExpires: boolean;
  /** What becomes of frames before which others are missing: an adapter refuses them, a wrapper never throws. */
  gaps: "refused" | "ignored";
}

const token = (content: string): ChatFrame => ({ status: "token", content });
const done = { status: "done", request_id: "a", finish_reason: "stop", usage: null } as const;
const tokens = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => token(`word ${first + i}`));

/** The laws of the port, for every adapter. */
export function describeStreamStore(
  name: string,
  make: () => Promise<StreamStoreHarness>,
  { leaseExpires, gaps }: StreamStoreTraits,
): void {
  describe(`stream store: ${name}`, () => {
    let harness: StreamStoreHarness;
    let store: StreamStore;
    beforeEach(async () => {
      harness = await make();
      store = harness.store;
    });
    afterEach(() => harness.close());

    it("knows nothing of a stream that was not opened", async () => {
      expect(await store.read("a", 0)).toBeNull();
      expect(await store.stopRequested("a")).toBe(false);
      expect(await store.hasReader("a")).toBe(false);
    });

    it("gives every frame after n, once, however they were written", async () => {
      const lengths = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 6 });
      let streams = 0;
      const cases = fc.asyncProperty(lengths, fc.nat({ max: 12 }), async (parts, after) => {
        const id = `s${++streams}`;
        await store.open(id, "browser");
        const frames = tokens(
          1,
          parts.reduce((sum, part) => sum + part, 0),
        );
        let first = 1;
        for (const part of parts) {
          await store.append(id, first, frames.slice(first - 1, first - 1 + part));
          first += part;
        }
        const slice = await store.read(id, after);
        expect(slice).toEqual({
          owner: "browser",
          frames: frames.slice(after),
          firstFrame: after + 1,
          ended: false,
          alive: true,
        });
      });
      await fc.assert(cases, { numRuns: 30 });
    });

    it("keeps each kind of frame as it was", async () => {
      const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
      const frames: ChatFrame[] = [
        { status: "start", request_id: "a", session_id: "s", message_id: "m" },
        { status: "sources", content: [] },
        token("ü\n"),
        { status: "error", code: "interrupted", message: "Again.", retryable: true },
        { ...done, finish_reason: "error", usage },
      ];
      await store.open("a", "browser");
      await store.append("a", 1, frames);
      expect((await store.read("a", 0))?.frames).toEqual(frames);
    });

    it("stores no frame twice", async () => {
      await store.open("a", "browser");
      await store.append("a", 1, tokens(1, 3));
      await store.append("a", 1, tokens(1, 3));
      await store.append("a", 3, tokens(3, 5));
      await store.open("a", "browser");
      expect((await store.read("a", 0))?.frames).toEqual(tokens(1, 5));
    });

    it.runIf(gaps === "refused")(
      "refuses frames before which others are missing, or without a stream",
      async () => {
        await expect(store.append("a", 1, tokens(1, 1))).rejects.toMatchObject({ code: "conflict" });
        await store.open("a", "browser");
        await expect(store.append("a", 2, tokens(2, 2))).rejects.toMatchObject({ code: "conflict" });
        expect((await store.read("a", 0))?.frames).toEqual([]);
      },
    );

    it("ends with `done`, and tells so who has read everything", async () => {
      await store.open("a", "browser");
      await store.append("a", 1, tokens(1, 2));
      await store.append("a", 3, [done]);
      await store.renewLease("a");
      expect(await store.read("a", 2)).toMatchObject({
        frames: [done],
        firstFrame: 3,
        ended: true,
        alive: false,
      });
      expect(await store.read("a", 3)).toMatchObject({ frames: [], ended: true, alive: false });
      expect(await store.read("a", Number.MAX_SAFE_INTEGER)).toMatchObject({ frames: [], ended: true });
    });

    it("is kept while the answer is made, and for 10 minutes after its end", async () => {
      await store.open("a", "browser");
      await store.append("a", 1, tokens(1, 2));
      await harness.passSeconds(900);
      await store.append("a", 3, [done]);
      await harness.passSeconds(590);
      await store.append("a", 1, tokens(1, 2));
      expect((await store.read("a", 0))?.frames).toHaveLength(3);
      await harness.passSeconds(11);
      expect(await store.read("a", 0)).toBeNull();
    });

    it.runIf(leaseExpires)("is alive for 10 seconds from each renewal", async () => {
      await store.open("a", "browser");
      await harness.passSeconds(9);
      expect(await store.read("a", 0)).toMatchObject({ alive: true });
      await store.renewLease("a");
      await harness.passSeconds(9);
      expect(await store.read("a", 0)).toMatchObject({ alive: true });
      await harness.passSeconds(2);
      expect(await store.read("a", 0)).toMatchObject({ alive: false, ended: false });
      await store.renewLease("a");
      expect(await store.read("a", 0)).toMatchObject({ alive: true });
    });

    it.runIf(!leaseExpires)("is alive until it ends, renewed or not", async () => {
      await store.open("a", "browser");
      await harness.passSeconds(60);
      expect(await store.read("a", 0)).toMatchObject({ alive: true });
    });

    it("passes on a stop, for good", async () => {
      await store.open("a", "browser");
      expect(await store.stopRequested("a")).toBe(false);
      await store.requestStop("a");
      await store.requestStop("a");
      expect(await store.stopRequested("a")).toBe(true);
    });

    it("remembers a reader for 5 seconds", async () => {
      await store.open("a", "browser");
      await store.markReader("a");
      await harness.passSeconds(4);
      expect(await store.hasReader("a")).toBe(true);
      await store.markReader("a");
      await harness.passSeconds(4);
      expect(await store.hasReader("a")).toBe(true);
      await harness.passSeconds(2);
      expect(await store.hasReader("a")).toBe(false);
    });

    it("forgets all of a deleted stream", async () => {
      await store.open("a", "browser");
      await store.append("a", 1, tokens(1, 2));
      await store.requestStop("a");
      await store.markReader("a");
      await store.delete("a");
      expect(await store.read("a", 0)).toBeNull();
      expect(await store.stopRequested("a")).toBe(false);
      expect(await store.hasReader("a")).toBe(false);
    });
  });
}
