import type { MetricDelta, MetricName } from "@/lib/run-view/compare-metrics";
import { formatCost, formatCount, formatDuration, formatRelevance, UNKNOWN } from "@/lib/run-view/format";

export type MetricLabel =
  | "total"
  | "routing"
  | "retrieval"
  | "generation"
  | "ttft"
  | "tokens"
  | "cost"
  | "inContext"
  | "citations"
  | "support"
  | "errors";

export interface DeltaText {
  text: string;
  tone: MetricDelta["tone"];
}

/** One line of the table of figures. */
export interface MetricRow {
  label: MetricLabel;
  /** A share of the line above. */
  minor: boolean;
  a: string;
  b: string;
  deltas: DeltaText[];
}

interface RowShape {
  label: MetricLabel;
  names: readonly MetricName[];
  format(value: number | null): string;
  minor?: true;
  /** How many times as much, which says nothing of a count of five. */
  relative?: true;
  /** Left out where no run has anything to show. */
  optional?: true;
}

const ROWS: readonly RowShape[] = [
  { label: "total", names: ["total_duration_ms"], format: formatDuration, relative: true },
  { label: "routing", names: ["routing_duration_ms"], format: formatDuration, relative: true, minor: true },
  {
    label: "retrieval",
    names: ["retrieval_duration_ms"],
    format: formatDuration,
    relative: true,
    minor: true,
  },
  {
    label: "generation",
    names: ["generation_duration_ms"],
    format: formatDuration,
    relative: true,
    minor: true,
  },
  { label: "ttft", names: ["ttft_ms"], format: formatDuration, relative: true },
  { label: "tokens", names: ["prompt_tokens", "completion_tokens"], format: formatCount },
  { label: "cost", names: ["cost_usd"], format: formatCost, relative: true },
  { label: "inContext", names: ["in_context"], format: formatCount },
  { label: "citations", names: ["citations"], format: formatCount },
  { label: "support", names: ["citation_support"], format: formatRelevance, optional: true },
  { label: "errors", names: ["error_count"], format: formatCount, optional: true },
];

/** From this factor on it reads better than its percentage. */
const FACTOR_FROM = 10;

/** The figures of two runs as they are shown; a line of figures that nobody has is left out. */
export function buildMetricRows(metrics: readonly MetricDelta[]): MetricRow[] {
  const byName = new Map(metrics.map((metric) => [metric.name, metric]));
  return ROWS.flatMap(({ label, names, format, minor, relative, optional }) => {
    const parts = names.flatMap((name) => byName.get(name) ?? []);
    if (optional && parts.every(({ a, b }) => !a && !b)) return [];
    return {
      label,
      minor: minor ?? false,
      a: joinValues(parts.map(({ a }) => format(a))),
      b: joinValues(parts.map(({ b }) => format(b))),
      deltas: parts.map((part) => toDeltaText(part, format, relative ?? false)),
    };
  });
}

/** "1,800 → 350"; two unknowns are one. */
function joinValues(values: readonly string[]): string {
  return values.every((value) => value === UNKNOWN) ? UNKNOWN : values.join(" → ");
}

function toDeltaText(metric: MetricDelta, format: RowShape["format"], relative: boolean): DeltaText {
  const { a, b, delta, ratio, tone } = metric;
  if (delta === null) return { text: UNKNOWN, tone };
  if (format(a) === format(b)) return { text: "±0", tone: "neutral" };
  const difference = `${delta < 0 ? "−" : "+"}${format(Math.abs(delta))}`;
  const share = relative && ratio !== null ? ` · ${formatRatio(ratio)}` : "";
  return { text: difference + share, tone };
}

/** "+73%", from ten times on "27×". */
function formatRatio(ratio: number): string {
  if (ratio >= FACTOR_FROM) return `${formatCount(ratio)}×`;
  const percent = Math.round((ratio - 1) * 100);
  return `${percent < 0 ? "−" : "+"}${Math.abs(percent)}%`;
}
