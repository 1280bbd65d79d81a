import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DebugAnswer } from "@/lib/domain/debug-answer";
import { advanceFeed, elapsedMs, type RunFeed } from "./run-feed";
import { sampleEvents, sampleRecord, sampleRequestId } from "./run-record.fixture";

const trace = {
  state: "visible",
  url: "https://l/t",
  reason: null,
  observation_base: "https://l/t?observation=",
} as const;
const startedAt = sampleEvents[0]?.at ?? 0;

function answer(from: number, to: number, more: Partial<DebugAnswer> = {}): DebugAnswer {
  const events = sampleEvents.slice(from, to).map((event) => ({ ...event }));
  const status = to >= sampleEvents.length ? "success" : "running";
  const rest = { source: "memory" as const, degraded: false, truncated: 0, dropped: 0, payloads: [], trace };
  return {
    request_id: sampleRequestId,
    session_id: "s",
    status,
    started_at: startedAt,
    cursor: String(to),
    events,
    ...rest,
    ...more,
  };
}

const whole = advanceFeed(null, answer(0, sampleEvents.length), 0).record;

describe("advanceFeed", () => {
  it("ends with the same record, however the events came in", () => {
    const cut = fc.integer({ min: 0, max: sampleEvents.length });
    fc.assert(
      fc.property(fc.array(cut, { maxLength: 6 }), (cuts) => {
        const ends = [...cuts.toSorted((a, b) => a - b), sampleEvents.length];
        const feed = ends.reduce<RunFeed | null>(
          (before, end, index) => advanceFeed(before, answer(ends[index - 1] ?? 0, end), index),
          null,
        );
        expect(feed?.record).toEqual(whole);
      }),
    );
    expect(whole).toEqual({ ...sampleRecord(), trace });
  });

  it("skips events that it has seen", () => {
    const twice = advanceFeed(advanceFeed(null, answer(0, 9), 0), answer(0, 9), 1);
    expect(twice.record).toEqual(sampleRecordWith(9));
    const all = advanceFeed(twice, answer(4, sampleEvents.length), 2);
    expect(all.record).toEqual(whole);
  });

  it("counts what a later version wrote and goes on", () => {
    const strange = { seq: 1, at: startedAt, type: "tea-break" };
    const feed = advanceFeed(null, answer(0, 0, { events: [strange], cursor: "1" }), 0);
    expect([feed.unreadable, feed.cursor]).toEqual([1, "1"]);
  });

  it("keeps the record as it is when an answer brings nothing", () => {
    const feed = advanceFeed(null, answer(0, 9), 0);
    expect(advanceFeed(feed, answer(9, 9), 5).record).toBe(feed.record);
  });

  it("takes trace, feedback and status from each answer", () => {
    const feed = advanceFeed(null, answer(0, 9), 0);
    const feedback = { value: "up", reasons: [], comment: null, at: 1 } as const;
    const next = advanceFeed(
      feed,
      answer(9, 9, { status: "error", feedback: { ...feedback, reasons: [] } }),
      1,
    );
    expect(next.record).toMatchObject({ status: "error", feedback, trace });
  });
});

describe("the support of citations", () => {
  const support: NonNullable<DebugAnswer["support"]> = {
    method: "lexical",
    pending: false,
    citations: whole.citations.map(({ start }) => ({ start, support: 0.25, evidence: null })),
    generation: null,
  };
  const supports = (feed: RunFeed) => feed.record.citations.map((citation) => citation.support);

  it("comes into the record with its events or after them, and stays", () => {
    const together = advanceFeed(null, answer(0, sampleEvents.length, { support }), 0);
    const before = advanceFeed(null, answer(0, sampleEvents.length), 0);
    const after = advanceFeed(before, answer(sampleEvents.length, sampleEvents.length, { support }), 1);
    expect(supports(before).every((value) => value === null)).toBe(true);
    expect(supports(together)).toEqual(supports(after));
    expect(supports(after).every((value) => value === 0.25)).toBe(true);
    const again = advanceFeed(after, answer(sampleEvents.length, sampleEvents.length, { support }), 2);
    expect(again.record).toBe(after.record);
  });

  it("that an imported record brings along is not taken away by an answer without it", () => {
    const events = sampleEvents.map((event) =>
      event.type === "citations"
        ? { ...event, citations: event.citations.map((citation) => ({ ...citation, support: 0.5 })) }
        : { ...event },
    );
    const feed = advanceFeed(null, { ...answer(0, sampleEvents.length), events, support: null }, 0);
    expect(supports(feed).every((value) => value === 0.5)).toBe(true);
  });

  it("brings the generation of the model that judged once", () => {
    const [generation = null] = whole.generations;
    if (!generation) throw new Error("the sample has a generation");
    const judged = {
      ...support,
      generation: { ...generation, span_id: "00000000000000ff", purpose: "support" as const },
    };
    const first = advanceFeed(null, answer(0, sampleEvents.length, { support: judged }), 0);
    const second = advanceFeed(
      first,
      answer(sampleEvents.length, sampleEvents.length, { support: { ...judged, method: "model" } }),
      1,
    );
    expect(second.record.generations.filter(({ purpose }) => purpose === "support")).toHaveLength(1);
  });
});

describe("elapsedMs", () => {
  it("never runs backwards and ends at the run's own number", () => {
    const first = advanceFeed(null, answer(0, 12), 1000);
    const second = advanceFeed(first, answer(12, 12), 1500);
    const third = advanceFeed(second, answer(12, 13), 1501);
    const times = [elapsedMs(first, 1000), elapsedMs(second, 1500), elapsedMs(third, 1501)];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(elapsedMs(advanceFeed(third, answer(13, sampleEvents.length), 9), 1e9)).toBe(3210);
  });
});

function sampleRecordWith(count: number) {
  return { ...sampleRecord(count), trace };
}
