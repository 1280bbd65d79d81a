import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paceAnswer } from "./offline-pieces";

const totalMs = (answer: string) => paceAnswer(answer).reduce((sum, { waitMs }) => sum + waitMs, 0);

describe("the pieces of an answer", () => {
  it("are together the answer, none of them empty, the first one at once", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 400 }), (answer) => {
        const pieces = paceAnswer(answer);
        expect(pieces.map(({ text }) => text).join("")).toBe(answer);
        expect(pieces.every(({ text }) => text !== "")).toBe(true);
        expect(pieces[0]?.waitMs).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it("take between 0.5 and 1.2 seconds, a long answer no longer than that", () => {
    const sentence = "Debug data is kept for one hour, counted from the last event. 调试数据保留一小时。";
    expect(totalMs(sentence)).toBeGreaterThan(500);
    expect(totalMs(sentence)).toBeLessThanOrEqual(1_200);
    expect(totalMs(sentence.repeat(200))).toBeGreaterThan(1_000);
    expect(totalMs(sentence.repeat(200))).toBeLessThanOrEqual(1_200);
  });

  it("are many and small", () => {
    const pieces = paceAnswer("Debug data is kept for one hour. 调试数据保留一小时。".repeat(8));
    expect(pieces.length).toBeGreaterThan(30);
    expect(Math.max(...pieces.map(({ text }) => text.length))).toBeLessThan(30);
  });
});
