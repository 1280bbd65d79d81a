import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultWindow, fractionOf, moveWindow, resizeWindow, wholeRun, windowBetween } from "./time-window";

const total = fc.double({ min: 0, max: 100_000, noNaN: true });
const instant = fc.double({ min: -200_000, max: 200_000, noNaN: true });

describe("windows on a run's time", () => {
  it("stay inside the run and never empty, whatever is dragged where", () => {
    fc.assert(
      fc.property(
        total,
        instant,
        instant,
        instant,
        fc.constantFrom("start", "end"),
        (totalMs, a, b, c, edge) => {
          const dragged = windowBetween(a, b, totalMs);
          for (const window of [
            dragged,
            moveWindow(dragged, c, totalMs),
            resizeWindow(dragged, edge, c, totalMs),
          ]) {
            expect(window.startMs).toBeGreaterThanOrEqual(0);
            expect(window.endMs).toBeLessThanOrEqual(wholeRun(totalMs).endMs + 1e-6);
            expect(window.endMs).toBeGreaterThan(window.startMs);
          }
        },
      ),
    );
  });

  it("keep their width when moved", () => {
    fc.assert(
      fc.property(total, instant, instant, instant, (totalMs, a, b, delta) => {
        const window = windowBetween(a, b, totalMs);
        const moved = moveWindow(window, delta, totalMs);
        expect(moved.endMs - moved.startMs).toBeCloseTo(window.endMs - window.startMs, 6);
      }),
    );
  });

  it("keep the other edge when one is dragged", () => {
    const window = { startMs: 100, endMs: 600 };
    expect(resizeWindow(window, "end", 900, 1000)).toEqual({ startMs: 100, endMs: 900 });
    expect(resizeWindow(window, "start", 300, 1000)).toEqual({ startMs: 300, endMs: 600 });
    expect(resizeWindow(window, "start", 900, 1000)).toEqual({ startMs: 590, endMs: 600 });
  });

  it("show the time up to shortly after the first token, and all of a run without one", () => {
    expect(defaultWindow({ totalMs: 3210, ttftMs: 640, running: false })).toEqual({ startMs: 0, endMs: 760 });
    expect(defaultWindow({ totalMs: 700, ttftMs: 640, running: false })).toEqual({ startMs: 0, endMs: 700 });
    expect(defaultWindow({ totalMs: 3210, ttftMs: null, running: false })).toEqual({
      startMs: 0,
      endMs: 3210,
    });
  });

  it("do not move under a reader while a run goes on", () => {
    const ends = [10, 385, 420, 500, 999].map(
      (totalMs) => defaultWindow({ totalMs, ttftMs: null, running: true }).endMs,
    );
    expect(ends).toEqual([250, 500, 500, 1000, 2000]);
    expect(defaultWindow({ totalMs: 650, ttftMs: 640, running: true }).endMs).toBe(760);
  });

  it("place every instant between 0 and 1", () => {
    fc.assert(
      fc.property(total, instant, instant, instant, (totalMs, a, b, ms) => {
        const fraction = fractionOf(windowBetween(a, b, totalMs), ms);
        expect(fraction).toBeGreaterThanOrEqual(0);
        expect(fraction).toBeLessThanOrEqual(1);
      }),
    );
  });
});
