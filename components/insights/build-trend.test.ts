import { expect, it } from "vitest";
import type { Insights, TrendPoint } from "@/lib/domain/insights";
import { buildTrend } from "./build-trend";

const HOUR = 3_600_000;

function insightsOf(trend: TrendPoint[]): Insights {
  const none = { p50: null, p90: null, p99: null };
  return {
    ...{ source: "store", fallback_reason: null, complete: true, bucket: "hour", trend },
    ...{ from: 0, to: 3 * HOUR, requests: 1, errors: 0, aborted: 0, total_tokens: null, cost_usd: null },
    ...{ thumbs: null, total_ms: none, ttft_ms: none, retrieval_ms: none },
    ...{ models: [], routes: null, agents: null, knowledge_bases: null },
  };
}

const point = (hour: number, model: string, total_tokens: number | null): TrendPoint => ({
  at: hour * HOUR,
  model,
  calls: 1,
  total_tokens,
  cost_usd: null,
});

it("has a bar for every stretch of time, the largest model first", () => {
  const insights = insightsOf([point(0, "small", 1), point(2, "large", 5), point(2, "small", 2)]);
  expect(buildTrend(insights, "total_tokens")).toEqual({
    starts: [0, HOUR, 2 * HOUR],
    series: [
      { model: "large", values: [0, 0, 5] },
      { model: "small", values: [1, 0, 2] },
    ],
    max: 7,
  });
});

it("counts calls whose tokens are not known as calls only", () => {
  const insights = insightsOf([point(1, "m", null)]);
  expect(buildTrend(insights, "total_tokens").max).toBe(0);
  expect(buildTrend(insights, "calls").max).toBe(1);
});

it("puts the models behind the fourth together, and loses none of their tokens", () => {
  const insights = insightsOf(["a", "b", "c", "d", "e", "f"].map((model, n) => point(0, model, 10 - n)));
  const { series, max } = buildTrend(insights, "total_tokens");
  expect(series.map(({ model }) => model)).toEqual(["a", "b", "c", "d", null]);
  expect(max).toBe(10 + 9 + 8 + 7 + 6 + 5);
});
