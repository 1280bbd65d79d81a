import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketFor, bucketStart, bucketStarts } from "./time-buckets";

const HOUR = 3_600_000;

describe("stretches of time", () => {
  it("are minutes for hours, hours for days, days from a week on", () => {
    expect([HOUR, 24 * HOUR, 7 * 24 * HOUR].map(bucketFor)).toEqual(["minute", "hour", "day"]);
  });

  it("hold every instant of a time once, and there are few enough to draw", () => {
    const range = fc.record({
      from: fc.integer({ min: 0, max: 2e12 }),
      length: fc.integer({ min: 1, max: 90 * 24 * HOUR }),
    });
    fc.assert(
      fc.property(range, fc.double({ min: 0, max: 0.999, noNaN: true }), ({ from, length }, share) => {
        const bucket = bucketFor(length);
        const starts = bucketStarts(from, from + length, bucket);
        const at = Math.floor(from + share * length);
        expect(starts.filter((start) => start === bucketStart(at, bucket))).toHaveLength(1);
        expect(starts.length).toBeLessThanOrEqual(182);
      }),
    );
  });
});
