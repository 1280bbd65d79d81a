import fc from "fast-check";
import { expect, test } from "vitest";
import { planBatches, sharesSent } from "./plan-batches";

const MB = 1024 * 1024;
const files = fc.array(fc.record({ size: fc.integer({ min: 0, max: 20 * MB }) }), { maxLength: 120 });

test("every file is in one batch, in order, and no batch is larger than a request may be", () => {
  fc.assert(
    fc.property(files, (given) => {
      const batches = planBatches(given);
      expect(batches.flat()).toEqual(given);
      for (const batch of batches) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(20);
        const bytes = batch.reduce((sum, { size }) => sum + size, 0);
        expect(batch.length === 1 || bytes <= 32 * MB).toBe(true);
      }
    }),
  );
});

test("two neighbouring batches would not fit into one request", () => {
  fc.assert(
    fc.property(files, (given) => {
      const batches = planBatches(given);
      for (const [at, batch] of batches.entries()) {
        const [first] = batches[at + 1] ?? [];
        if (!first) continue;
        const bytes = batch.reduce((sum, { size }) => sum + size, first.size);
        expect(batch.length === 20 || bytes > 32 * MB).toBe(true);
      }
    }),
  );
});

test("files go one after another, and the shares add up to what was sent", () => {
  fc.assert(
    fc.property(files, fc.double({ min: 0, max: 1, noNaN: true }), (given, progress) => {
      const total = given.reduce((sum, { size }) => sum + size, 0);
      const shares = sharesSent(given, progress * total);
      const sent = given.reduce((sum, { size }, at) => sum + size * (shares[at] ?? 0), 0);
      expect(sent).toBeCloseTo(progress * total, 3);
      const started = shares.findIndex((share, at) => share < 1 && (given[at]?.size ?? 0) > 0);
      if (started >= 0)
        for (const share of shares.slice(started + 1)) expect(share === 0 || share === 1).toBe(true);
    }),
  );
});
