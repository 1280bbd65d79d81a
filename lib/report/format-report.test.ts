import { describe, expect, it } from "vitest";
import type { Insights } from "@/lib/domain/insights";
import { formatReport, plotTrend } from "./format-report";

const HOUR = 3_600_000;
const times = { p50: 100, p90: 2500, p99: null };
const insights: Insights = {
  ...{ source: "langfuse", fallback_reason: null, from: 0, to: 4 * HOUR, complete: true },
  ...{ requests: 4, errors: 1, aborted: 0, total_tokens: 1200, cost_usd: null, thumbs: { up: 2, down: 1 } },
  ...{ total_ms: times, ttft_ms: times, retrieval_ms: times },
  models: [
    {
      model: "gpt-4o-mini",
      calls: 4,
      input_tokens: 1000,
      output_tokens: 200,
      total_tokens: 1200,
      cost_usd: null,
    },
  ],
  bucket: "hour",
  trend: [
    { at: 0, model: "gpt-4o-mini", calls: 1, total_tokens: 1000, cost_usd: null },
    { at: 2 * HOUR, model: "gpt-4o-mini", calls: 3, total_tokens: 200, cost_usd: null },
  ],
  routes: [{ key: "docs:auto", requests: 4, errors: 1, total_tokens: 1200, cost_usd: null, total_ms: times }],
  agents: null,
  knowledge_bases: [],
};

describe("a report", () => {
  it("says what it is of, has every figure, and – for what is not known", () => {
    const text = formatReport(insights);
    expect(text).toContain("1970-01-01 00:00 to 1970-01-01 04:00 UTC: all traced requests, from Langfuse");
    expect(text).toMatch(/failed +1 \(25\.0 %\)/);
    expect(text).toMatch(/whole request +100 ms +2\.50 s +–/);
    expect(text).toMatch(/gpt-4o-mini +4 +1,000 +200 +1,200 +– +█{24}/);
    expect(text).toMatch(/docs:auto +4 +1 +1,200 +–/);
    expect(text).toContain("This server does not tell.");
  });

  it("of nothing says so", () => {
    expect(formatReport({ ...insights, requests: 0 })).toContain("No requests in this time.");
  });

  it("tells why Langfuse was not asked, and that there is more", () => {
    const text = formatReport({
      ...insights,
      source: "store",
      fallback_reason: "Langfuse is away.",
      complete: false,
    });
    expect(text).toContain("Langfuse could not be asked: Langfuse is away.");
    expect(text).toContain("these are the newest");
  });
});

describe("the plot", () => {
  it("is a line for each model, as high as its tokens, empty where there were none", () => {
    expect(plotTrend(insights)[0]).toBe("gpt-4o-mini  █ ▂ ");
  });

  it("fits in a line however long the time is", () => {
    const [line] = plotTrend({ ...insights, to: 170 * HOUR });
    expect(line?.length).toBeLessThanOrEqual("gpt-4o-mini  ".length + 60);
  });
});
