import type { Insights, Percentiles, RequestGroup } from "@/lib/domain/insights";
import { formatCost, formatCount, formatDuration, UNKNOWN } from "@/lib/run-view/format";
import { bucketStarts } from "@/lib/run-view/time-buckets";

const BLOCKS = "▁▂▃▄▅▆▇█";
/** Characters of a line of blocks, and of a bar. */
const PLOT_WIDTH = 60;
const BAR_WIDTH = 24;

/** The figures as text for a terminal, with a line of blocks for each model over time. */
export function formatReport(insights: Insights): string {
  const { requests, routes, agents, knowledge_bases } = insights;
  const head = [...describeSource(insights), ""];
  if (requests === 0) return [...head, "No requests in this time.", ""].join("\n");
  return [
    ...head,
    ...summary(insights),
    ...section("Tokens per model over time", plotTrend(insights)),
    ...section("Models", table(modelRows(insights))),
    ...section("Time taken", table(latencyRows(insights))),
    ...section("Knowledge bases", groupTable("knowledge base", knowledge_bases)),
    ...section("Agents", groupTable("agent", agents)),
    ...section("Routes", groupTable("route", routes)),
    "",
  ].join("\n");
}

function describeSource({ source, fallback_reason, from, to, complete }: Insights): string[] {
  const time = `${isoMinute(from)} to ${isoMinute(to)} UTC`;
  const where =
    source === "langfuse" ? "all traced requests, from Langfuse" : "recorded requests, from the debug store";
  return [
    `${time}: ${where}`,
    ...(fallback_reason === null ? [] : [`Langfuse could not be asked: ${fallback_reason}`]),
    ...(complete ? [] : ["There were more requests than are read at once: these are the newest."]),
  ];
}

function isoMinute(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}

function summary({ requests, errors, aborted, total_tokens, cost_usd, thumbs }: Insights): string[] {
  const votes = thumbs ? `${thumbs.up} good, ${thumbs.down} bad` : UNKNOWN;
  return table([
    ["requests", formatCount(requests)],
    ["failed", `${formatCount(errors)} (${((100 * errors) / requests).toFixed(1)} %)`],
    ["stopped", formatCount(aborted)],
    ["tokens", formatCount(total_tokens)],
    ["cost", formatCost(cost_usd)],
    ["votes", votes],
  ]);
}

function section(title: string, lines: readonly string[]): string[] {
  return ["", title, "─".repeat(title.length), ...lines];
}

/** One line of blocks for each model; all lines have the same scale, an empty stretch is a space. */
export function plotTrend({ trend, from, to, bucket }: Insights): string[] {
  const starts = bucketStarts(from, to, bucket);
  const perBlock = Math.max(1, Math.ceil(starts.length / PLOT_WIDTH));
  const places = new Map(starts.map((start, at) => [start, Math.floor(at / perBlock)]));
  const models = [...Map.groupBy(trend, ({ model }) => model)].map(([model, points]) => {
    const sums = Array.from({ length: Math.ceil(starts.length / perBlock) }, () => 0);
    for (const { at, total_tokens } of points) {
      const place = places.get(at);
      if (place !== undefined) sums[place] = (sums[place] ?? 0) + (total_tokens ?? 0);
    }
    return { model, sums };
  });
  const max = Math.max(1, ...models.flatMap(({ sums }) => sums));
  const width = Math.max(...models.map(({ model }) => model.length), 0);
  const lines = models.map(
    ({ model, sums }) => `${model.padEnd(width)}  ${sums.map((sum) => block(sum, max)).join("")}`,
  );
  const stretch = perBlock === 1 ? bucket : `${perBlock} ${bucket}s`;
  return [...lines, `${" ".repeat(width)}  one block is one ${stretch}, █ is ${formatCount(max)} tokens`];
}

function block(value: number, max: number): string {
  if (value <= 0) return " ";
  return BLOCKS[Math.min(BLOCKS.length - 1, Math.floor((value / max) * BLOCKS.length))] ?? " ";
}

function modelRows({ models }: Insights): string[][] {
  const most = Math.max(1, ...models.map(({ total_tokens }) => total_tokens ?? 0));
  return [
    ["model", "calls", "input", "output", "tokens", "cost", ""],
    ...models.map((one) => [
      one.model,
      ...[one.calls, one.input_tokens, one.output_tokens, one.total_tokens].map(formatCount),
      formatCost(one.cost_usd),
      "█".repeat(Math.round(((one.total_tokens ?? 0) / most) * BAR_WIDTH)),
    ]),
  ];
}

function latencyRows({ total_ms, ttft_ms, retrieval_ms }: Insights): string[][] {
  return [
    ["", "p50", "p90", "p99"],
    ["whole request", ...times(total_ms)],
    ["first token of the model", ...times(ttft_ms)],
    ["retrieval of one agent", ...times(retrieval_ms)],
  ];
}

function times({ p50, p90, p99 }: Percentiles): string[] {
  return [p50, p90, p99].map(formatDuration);
}

function groupTable(name: string, groups: readonly RequestGroup[] | null): string[] {
  if (groups === null) return ["This server does not tell."];
  return table([
    [name, "requests", "failed", "tokens", "cost", "p50", "p90", "p99"],
    ...groups.map((group) => [
      group.key,
      ...[group.requests, group.errors, group.total_tokens].map(formatCount),
      formatCost(group.cost_usd),
      ...times(group.total_ms),
    ]),
  ]);
}

/** Columns as wide as their widest cell; names to the left, figures to the right, bars as they are. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, at) =>
        at === 0 || cell.startsWith("█") ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
}
