import { describe, expect, it } from "vitest";
import type { MetricDelta, MetricName } from "@/lib/run-view/compare-metrics";
import { buildMetricRows } from "./build-metric-rows";

function metric(name: MetricName, a: number | null, b: number | null, tone: MetricDelta["tone"] = "neutral") {
  const known = a !== null && b !== null;
  return { name, a, b, delta: known ? a - b : null, ratio: known && b !== 0 ? a / b : null, tone };
}

describe("the table of figures", () => {
  it("says the difference in the figure's unit, and its share where that says something", () => {
    const rows = buildMetricRows([
      metric("total_duration_ms", 3210, 1860, "worse"),
      metric("ttft_ms", 410, 640, "better"),
      metric("cost_usd", 0.008, 0.0003, "worse"),
      metric("in_context", 8, 5),
    ]);
    const shown = Object.fromEntries(rows.map(({ label, a, b, deltas }) => [label, [a, b, deltas[0]?.text]]));
    expect(shown).toMatchObject({
      total: ["3.21 s", "1.86 s", "+1.35 s · +73%"],
      ttft: ["410 ms", "640 ms", "−230 ms · −36%"],
      cost: ["$0.0080", "$0.0003", "+$0.0077 · 27×"],
      inContext: ["8", "5", "+3"],
    });
  });

  it("shows prompt and completion tokens in one line, each difference with its own tone", () => {
    const rows = buildMetricRows([
      metric("prompt_tokens", 1800, 1120, "worse"),
      metric("completion_tokens", 200, 212, "better"),
    ]);
    expect(rows.find(({ label }) => label === "tokens")).toMatchObject({
      a: "1,800 → 200",
      b: "1,120 → 212",
      deltas: [
        { text: "+680", tone: "worse" },
        { text: "−12", tone: "better" },
      ],
    });
  });

  it("shows what is unknown as a dash and what reads the same as no difference", () => {
    const rows = buildMetricRows([
      metric("total_duration_ms", null, 1860),
      metric("cost_usd", 0, 0),
      metric("ttft_ms", 100.2, 100.4),
      metric("prompt_tokens", null, null),
      metric("completion_tokens", null, null),
    ]);
    const shown = Object.fromEntries(rows.map(({ label, a, deltas }) => [label, [a, deltas[0]?.text]]));
    expect(shown).toMatchObject({ total: ["–", "–"], cost: ["$0.0000", "±0"], ttft: ["100 ms", "±0"] });
    expect(shown.tokens?.[0]).toBe("–");
  });

  it("leaves out support that nobody checked and errors that nobody had", () => {
    const labels = (metrics: MetricDelta[]) => buildMetricRows(metrics).map(({ label }) => label);
    const none = [metric("citation_support", null, null), metric("error_count", 0, 0)];
    expect(labels(none)).not.toContain("support");
    expect(labels(none)).not.toContain("errors");
    const some = [metric("citation_support", 0.9, null), metric("error_count", 0, 2)];
    expect(labels(some)).toEqual(expect.arrayContaining(["support", "errors"]));
  });
});
