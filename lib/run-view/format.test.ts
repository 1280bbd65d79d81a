import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatCost,
  formatCount,
  formatDuration,
  formatFused,
  formatLogOffset,
  formatOffset,
  formatRelevance,
  formatSize,
  tokensPerSecond,
  UNKNOWN,
} from "./format";

describe("numbers of the sidebar", () => {
  it("says that the first span begins at the start, not a moment after", () => {
    expect([0, 0.02, 135, 1204].map(formatOffset)).toEqual(["+0 ms", "+0 ms", "+135 ms", "+1.20 s"]);
  });

  it("writes durations below a second in ms and longer ones in seconds", () => {
    expect([0, 0.2, 4.4, 640, 999.4].map(formatDuration)).toEqual([
      "0 ms",
      "<1 ms",
      "4 ms",
      "640 ms",
      "999 ms",
    ]);
    expect([999.6, 1000, 3210, 61_204].map(formatDuration)).toEqual([
      "1.00 s",
      "1.00 s",
      "3.21 s",
      "61.20 s",
    ]);
  });

  it("never writes 1000 ms, and shows a longer time never as a smaller number of the same unit", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e7, noNaN: true }), (ms) => {
        const [number = "", unit = ""] = formatDuration(ms).split(" ");
        expect(unit === "ms" ? Number(number) < 1000 : Number(number) >= 1).toBe(true);
      }),
    );
  });

  it("writes what is unknown as a dash and nothing else", () => {
    expect([formatDuration(null), formatCost(null), formatCount(null), formatRelevance(null)]).toEqual(
      Array(4).fill(UNKNOWN),
    );
    expect([formatDuration(0), formatCost(0), formatCount(0), formatRelevance(0)]).not.toContain(UNKNOWN);
  });

  it("writes costs with four decimals, tiny ones with two significant digits", () => {
    expect([0, 0.008, 0.0001, 1.23456].map(formatCost)).toEqual(["$0.0000", "$0.0080", "$0.0001", "$1.2346"]);
    expect([0.00004, 0.0000423, 0.000000123].map(formatCost)).toEqual([
      "$0.00004",
      "$0.000042",
      "$0.00000012",
    ]);
  });

  it("groups counts alike in every language, and keeps scores to their decimals", () => {
    expect([formatCount(1800), formatFused(1 / 61), formatFused(0), formatRelevance(0.9)]).toEqual([
      "1,800",
      "0.0164",
      "0.0000",
      "0.90",
    ]);
    expect(formatFused(0.001 / 61)).toBe("<0.0001");
  });

  it("writes offsets with a plus", () => {
    expect([formatOffset(135), formatOffset(1500), formatLogOffset(293)]).toEqual([
      "+135 ms",
      "+1.50 s",
      "+0.293",
    ]);
  });

  it("has no rate where there is no time", () => {
    expect([tokensPerSecond(350, 2564), tokensPerSecond(5, 0)]).toEqual([137, null]);
  });

  it("writes sizes in KB, and in MB from one on", () => {
    expect([0, 66_000, 524_288, 1_572_864].map(formatSize)).toEqual(["1 KB", "64 KB", "512 KB", "1.5 MB"]);
  });
});
