import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anySpans } from "./any-spans.fixture";
import { sampleEvents, sampleRecord } from "./run-record.fixture";
import { windowBetween } from "./time-window";
import { axisTicks, overviewLane, placeBar, spanTimes, totalMs } from "./timeline";

const window = fc
  .tuple(fc.double({ min: 0, max: 9999, noNaN: true }), fc.double({ min: 0, max: 9999, noNaN: true }))
  .map(([a, b]) => windowBetween(a, b, 10_000));

describe("bars", () => {
  it("lie inside the window with their waiting part inside of them", () => {
    fc.assert(
      fc.property(anySpans, window, fc.double({ min: 0, max: 9999, noNaN: true }), (spans, view, now) => {
        const record = { ...sampleRecord(), spans };
        for (const span of spans) {
          const bar = placeBar(spanTimes(span, record, now), view);
          if (!bar) continue;
          expect(bar.left).toBeGreaterThanOrEqual(0);
          expect(bar.width).toBeGreaterThanOrEqual(0);
          expect(bar.left + bar.width).toBeLessThanOrEqual(1 + 1e-9);
          expect(bar.wait).toBeGreaterThanOrEqual(0);
          expect(bar.wait).toBeLessThanOrEqual(bar.width + 1e-9);
        }
      }),
    );
  });

  it("are missing exactly where the span and the window have no instant in common", () => {
    const view = { startMs: 100, endMs: 200 };
    const at = (startMs: number, endMs: number) => placeBar({ startMs, endMs, waitUntilMs: null }, view);
    expect([at(0, 99), at(201, 300)]).toEqual([null, null]);
    expect(at(0, 400)).toMatchObject({ left: 0, width: 1, cutLeft: true, cutRight: true });
    expect(at(150, 150)).toMatchObject({ left: 0.5, width: 0, cutLeft: false, cutRight: false });
  });

  it("show a generation waiting until its first token", () => {
    const record = sampleRecord();
    const span = record.spans.find(({ name }) => name === "llm_generation");
    if (!span) throw new Error("the sample has an answer");
    expect(spanTimes(span, record, 0)).toEqual({ startMs: 455, endMs: 3204, waitUntilMs: 640 });
    const early = { ...record, generations: [] };
    expect(spanTimes({ ...span, duration_ms: null }, early, 600)).toEqual({
      startMs: 455,
      endMs: 600,
      waitUntilMs: 600,
    });
  });

  it("show no waiting where a generation ended without ever saying when it began to answer", () => {
    const record = sampleRecord();
    const span = record.spans.find(({ name }) => name === "route_model");
    expect(span && spanTimes(span, record, 0).waitUntilMs).toBeNull();
  });

  it("lie inside the bars of their parents, as the spans lie inside theirs", () => {
    const record = sampleRecord();
    for (const span of record.spans) {
      const parent = record.spans.find(({ span_id }) => span_id === span.parent_span_id);
      if (!parent) continue;
      const [inner, outer] = [spanTimes(span, record, 0), spanTimes(parent, record, 0)];
      expect(inner.startMs).toBeGreaterThanOrEqual(outer.startMs);
      expect(inner.endMs).toBeLessThanOrEqual(outer.endMs);
    }
  });
});

describe("totalMs", () => {
  it("only grows while events come in, up to the run's own number", () => {
    const totals = sampleEvents.map((event, index) => totalMs(sampleRecord(index + 1), event.at - event.at));
    expect(totals).toEqual(totals.toSorted((a, b) => a - b));
    expect(totals.at(-1)).toBe(3210);
  });
});

describe("axisTicks", () => {
  it("are round, rising, inside the window and not more than asked for by one", () => {
    fc.assert(
      fc.property(window, fc.integer({ min: 1, max: 8 }), (view, most) => {
        const ticks = axisTicks(view, most);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        for (const { ms, fraction } of ticks) {
          expect(ms).toBeGreaterThanOrEqual(view.startMs - 1e-6);
          expect(ms).toBeLessThanOrEqual(view.endMs + 1e-6);
          expect(fraction).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("name seconds as seconds", () => {
    expect(axisTicks({ startMs: 0, endMs: 760 }, 4).map(({ label }) => label)).toEqual([
      "0",
      "200",
      "400",
      "600",
    ]);
    expect(axisTicks({ startMs: 0, endMs: 3210 }, 4).map(({ label }) => label)).toEqual([
      "0",
      "1 s",
      "2 s",
      "3 s",
    ]);
    expect(axisTicks({ startMs: 1000, endMs: 1500 }, 3).map(({ label }) => label)).toEqual([
      "1 s",
      "1.2 s",
      "1.4 s",
    ]);
  });
});

describe("overviewLane", () => {
  it("keeps agents apart from their steps, and the answer from both", () => {
    const { spans } = sampleRecord();
    const laneOf = (name: string, level: number) => {
      const span = spans.find((candidate) => candidate.name === name);
      return span ? overviewLane(span, level) : undefined;
    };
    expect([laneOf("rag_chat", 1), laneOf("route_decision", 2), laneOf("rag_retrieval", 2)]).toEqual([
      null,
      0,
      1,
    ]);
    expect([laneOf("rerank", 3), laneOf("build_context", 2), laneOf("llm_generation", 2)]).toEqual([2, 3, 4]);
  });
});
