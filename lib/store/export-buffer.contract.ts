import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ExportBuffer, ExportLimits } from "./export-buffer";
import { type ExportKind, runExports, scoreExports } from "./export-codec";
import { sampleExport, sampleVote } from "./sample-export.fixture";

/** An empty buffer and a way to let time pass for it. */
export interface ExportBufferHarness<Item> {
  buffer: ExportBuffer<Item>;
  passSeconds(seconds: number): Promise<void>;
  close(): Promise<void>;
}

const HOLD_MS = 15_000;
const DAY_SECONDS = 86_400;
type Ids = [string, string, string, string];
const requestIds = ["a", "b", "c", "d"].map((digit) => `01890000-0000-7000-8000-00000000000${digit}`);

type Make = <Item>(kind: ExportKind<Item>, limits: ExportLimits) => Promise<ExportBufferHarness<Item>>;

/** The laws of the port, for every adapter and for runs as for scores. */
export function describeExportBuffer(name: string, make: Make): void {
  describeKind(`${name}, runs`, runExports, sampleExport, make);
  describeKind(`${name}, scores`, scoreExports, sampleVote, make);
}

function describeKind<Item>(
  name: string,
  kind: ExportKind<Item>,
  sample: (requestId: string, text: string) => Item,
  make: Make,
): void {
  const [a, b, c, d] = requestIds.map((id) => kind.idOf(sample(id, ""))) as Ids;
  const sampleOf = (id: string, text: string) => sample(requestIds[[a, b, c, d].indexOf(id)] ?? "", text);

  describe(`export buffer: ${name}`, () => {
    let harness: ExportBufferHarness<Item>;
    let buffer: ExportBuffer<Item>;
    const open = async (limits: Partial<ExportLimits> = {}) => {
      harness = await make(kind, { maxItems: 100, maxBytes: 10_000_000, ...limits });
      buffer = harness.buffer;
    };
    beforeEach(() => open());
    afterEach(() => harness.close());

    const put = (id: string, message = "how") => buffer.put(sampleOf(id, message), HOLD_MS);
    const claim = async (limit = 10) =>
      (await buffer.claim(limit, HOLD_MS)).kept.map(({ item }) => kind.idOf(item));

    it("gives an item to nobody while it is held, and as it was once it is not", async () => {
      const item = sampleOf(a, "轮换密钥 'x'");
      expect(await buffer.put(item, HOLD_MS)).toEqual({ isKept: true, dropped: 0 });
      expect(await claim()).toEqual([]);
      await harness.passSeconds(16);
      expect(await buffer.claim(10, HOLD_MS)).toEqual({ kept: [{ item, failures: 0 }], dropped: 0 });
    });

    it("gives each item to one claimer, as many as asked for, the longest due first", async () => {
      for (const id of [a, b, c]) {
        await put(id);
        await buffer.fail(id, 1, 0);
        await harness.passSeconds(1);
      }
      const claims = await Promise.all([claim(2), claim(2), claim(2)]);
      expect(claims.flat().toSorted()).toEqual([a, b, c]);
      expect(claims[0]).toEqual([a, b]);
    });

    it("leaves an item to its holder as long as that renews, and gives it away once it is abandoned", async () => {
      await put(a);
      await harness.passSeconds(10);
      expect(await buffer.renew([a, b], HOLD_MS)).toEqual([]);
      await harness.passSeconds(10);
      expect(await claim()).toEqual([]);
      await harness.passSeconds(6);
      expect(await claim()).toEqual([a]);
    });

    it("gives an item away at once when its holder lets go", async () => {
      await put(a);
      await buffer.renew([a], 0);
      expect(await claim()).toEqual([a]);
    });

    it("lets a failed item rest, then gives it with its failures", async () => {
      await put(a);
      expect(await buffer.fail(a, 3, 60_000)).toBe(true);
      await harness.passSeconds(59);
      expect(await claim()).toEqual([]);
      await harness.passSeconds(2);
      expect((await buffer.claim(10, HOLD_MS)).kept).toMatchObject([{ failures: 3 }]);
    });

    it("gives failed items at once when they are hastened, all or one, and no other", async () => {
      await put(a);
      for (const id of [b, c]) {
        await put(id);
        await buffer.fail(id, 1, 60_000);
      }
      expect(await buffer.hasten(d)).toBe(false);
      expect(await buffer.hasten(a)).toBe(true);
      expect(await buffer.hasten(c)).toBe(true);
      expect(await claim()).toEqual([c]);
      expect(await buffer.hasten(null)).toBe(true);
      expect(await claim()).toEqual([b]);
    });

    it("forgets an item that is removed, and nothing brings it back", async () => {
      await put(a);
      await buffer.remove(a);
      expect(await buffer.fail(a, 1, 0)).toBe(false);
      expect(await buffer.renew([a], HOLD_MS)).toEqual([]);
      expect(await buffer.hasten(null)).toBe(false);
      await harness.passSeconds(16);
      expect(await claim()).toEqual([]);
      expect(await buffer.counts()).toEqual({ pending: 0, failed: 0 });
    });

    it("tells the holder of a discarded item, and does not keep it again", async () => {
      await put(a);
      await put(b);
      expect(await buffer.discard(a)).toBe(true);
      expect(await buffer.discard(c)).toBe(false);
      expect(await buffer.renew([a, b], HOLD_MS)).toEqual([a]);
      expect(await put(a)).toEqual({ isKept: false, dropped: 0 });
      expect(await put(c)).toEqual({ isKept: false, dropped: 0 });
      await harness.passSeconds(16);
      expect(await claim()).toEqual([b]);
    });

    it("counts each item once, as pending or as failed", async () => {
      for (const id of [a, b, c]) await put(id);
      await put(a, "again");
      await buffer.fail(b, 1, 0);
      await buffer.fail(b, 2, 0);
      expect(await buffer.counts()).toEqual({ pending: 2, failed: 1 });
      await buffer.remove(b);
      expect(await buffer.counts()).toEqual({ pending: 2, failed: 0 });
    });

    it("keeps so many items and no more; the oldest gives way and counts unless it is on its way", async () => {
      await open({ maxItems: 2 });
      await put(a);
      await harness.passSeconds(1);
      await put(b);
      await buffer.renew([a], 0);
      expect(await put(c)).toEqual({ isKept: true, dropped: 1 });
      expect(await put(d)).toEqual({ isKept: true, dropped: 0 });
      await harness.passSeconds(16);
      expect((await claim()).toSorted()).toEqual([c, d]);
    });

    it("keeps so many bytes and no more, whatever was replaced or removed", async () => {
      const size = kind.encode(sampleOf(a, "how")).length;
      await open({ maxBytes: 2 * size + 10 });
      await put(a);
      await put(a);
      await put(b);
      await buffer.remove(b);
      await harness.passSeconds(16);
      await put(c);
      expect(await put(d)).toEqual({ isKept: true, dropped: 1 });
      await harness.passSeconds(16);
      expect((await claim()).toSorted()).toEqual([c, d]);
    });

    it("does not keep an item that alone is too large, and lets no other go for it", async () => {
      await open({ maxBytes: 20_000 });
      await put(a);
      expect(await put(b, "x".repeat(30_000))).toEqual({ isKept: false, dropped: 0 });
      expect(await buffer.counts()).toEqual({ pending: 1, failed: 0 });
    });

    it("keeps an item for a day, then counts it as dropped", async () => {
      await put(a);
      await buffer.fail(a, 1, 0);
      await harness.passSeconds(DAY_SECONDS - 60);
      await put(b);
      await harness.passSeconds(120);
      const { kept, dropped } = await buffer.claim(10, HOLD_MS);
      expect([kept.map(({ item }) => kind.idOf(item)), dropped]).toEqual([[b], 1]);
    });
  });
}
