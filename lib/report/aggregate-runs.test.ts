import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { insightsSchema } from "@/lib/domain/insights";
import { arbitraryRecord } from "@/lib/observability/arbitrary-record.fixture";
import { sampleRecord } from "@/lib/observability/sample-record.fixture";
import { aggregateRuns } from "./aggregate-runs";
import { percentilesOf } from "./percentiles";

const runs = fc.array(arbitraryRecord, { maxLength: 8 });

describe("percentiles", () => {
  it("are values that were measured, by nearest rank", () => {
    expect(percentilesOf([40, 10, 20, 30])).toEqual({ p50: 20, p90: 40, p99: 40 });
    expect(percentilesOf([7])).toEqual({ p50: 7, p90: 7, p99: 7 });
    const hundred = Array.from({ length: 100 }, (_, n) => n + 1);
    expect(percentilesOf(hundred)).toEqual({ p50: 50, p90: 90, p99: 99 });
  });

  it("of nothing are unknown, and unknown values do not count", () => {
    expect(percentilesOf([])).toEqual({ p50: null, p90: null, p99: null });
    expect(percentilesOf([null, 5, null])).toEqual({ p50: 5, p90: 5, p99: 5 });
  });

  it("are not exceeded by their share of the values, and rise", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e6), { minLength: 1 }), (values) => {
        const { p50, p90, p99 } = percentilesOf(values);
        for (const [share, value] of [
          [0.5, p50],
          [0.9, p90],
          [0.99, p99],
        ] as const) {
          expect(values.filter((one) => one <= (value ?? -1)).length).toBeGreaterThanOrEqual(
            share * values.length,
          );
        }
        expect((p50 ?? 0) <= (p90 ?? 0) && (p90 ?? 0) <= (p99 ?? 0)).toBe(true);
      }),
    );
  });
});

describe("figures of runs", () => {
  it("do not depend on the order of the runs", () => {
    fc.assert(
      fc.property(runs, fc.nat(), (all, turn) => {
        const turned = [...all.slice(turn % (all.length + 1)), ...all.slice(0, turn % (all.length + 1))];
        const [given, other] = [aggregateRuns(all, "hour"), aggregateRuns(turned, "hour")];
        // Sums of fractions differ in the last digit.
        const rounded = (value: unknown) =>
          JSON.stringify(value, (_key, one) => (typeof one === "number" ? Number(one.toPrecision(9)) : one));
        expect(rounded(other)).toBe(rounded(given));
      }),
      { numRuns: 30 },
    );
  });

  it("count each request in one route, one agent and one knowledge base", () => {
    fc.assert(
      fc.property(runs, (all) => {
        const { requests, routes, agents, knowledge_bases } = aggregateRuns(all, "day");
        for (const groups of [routes, agents, knowledge_bases]) {
          expect(groups?.reduce((sum, group) => sum + group.requests, 0)).toBe(requests);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("add up over models and over time", () => {
    fc.assert(
      fc.property(runs, (all) => {
        const { total_tokens, models, trend } = aggregateRuns(all, "minute");
        const sum = (list: readonly { total_tokens: number | null }[]) =>
          list.reduce((total, one) => total + (one.total_tokens ?? 0), 0);
        expect([sum(models), sum(trend)]).toEqual([total_tokens ?? 0, total_tokens ?? 0]);
      }),
      { numRuns: 30 },
    );
  });

  it("know no 0 for what is unknown", () => {
    const [generation] = sampleRecord().generations;
    if (!generation) throw new Error("the sample has no generation");
    const unknown = { ...generation, usage: null, cost_usd: null, ttft_ms: null };
    const figures = aggregateRuns([{ ...sampleRecord(), generations: [unknown] }], "hour");
    expect(figures).toMatchObject({ total_tokens: null, cost_usd: null, ttft_ms: { p50: null } });
    expect(figures.models).toMatchObject([{ calls: 1, total_tokens: null, cost_usd: null }]);
    expect(aggregateRuns([], "hour")).toMatchObject({ requests: 0, total_tokens: null, cost_usd: null });
  });

  it("have one unknown price make the sum unknown", () => {
    const known = sampleRecord();
    const unknown = { ...known, generations: known.generations.map((one) => ({ ...one, cost_usd: null })) };
    expect(aggregateRuns([known, unknown], "hour").cost_usd).toBeNull();
    expect(aggregateRuns([known, known], "hour").cost_usd).toBeGreaterThan(0);
  });

  it("are what the page reads", () => {
    fc.assert(
      fc.property(runs, (all) => {
        const around = { source: "store", fallback_reason: null, from: 0, to: 1, complete: true } as const;
        const insights = { ...around, ...aggregateRuns(all, "hour") };
        expect(insightsSchema.parse(insights)).toEqual(insights);
      }),
      { numRuns: 20 },
    );
  });
});
