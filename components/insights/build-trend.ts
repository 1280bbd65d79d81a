import type { Insights, TrendPoint } from "@/lib/domain/insights";
import { bucketStarts } from "@/lib/run-view/time-buckets";

export type Measure = "total_tokens" | "calls";

/** Models with a colour of their own; the others share the last one. */
const OWN_COLOURS = 4;

export interface TrendSeries {
  /** Null: all other models together. */
  model: string | null;
  /** One for each stretch of time; 0 where there was no call. */
  values: number[];
}

export interface TrendView {
  starts: number[];
  series: TrendSeries[];
  /** The highest sum of a stretch. */
  max: number;
}

/** The points as series over a time without holes, the largest model first. */
export function buildTrend({ trend, from, to, bucket }: Insights, measure: Measure): TrendView {
  const starts = bucketStarts(from, to, bucket);
  const places = new Map(starts.map((start, at) => [start, at]));
  const byModel = [...Map.groupBy(trend, ({ model }) => model)]
    .map(([model, points]) => ({ model, values: toValues(points, places, measure) }))
    .sort((a, b) => sum(b.values) - sum(a.values));
  const others = byModel.slice(OWN_COLOURS).map(({ values }) => values);
  const series: TrendSeries[] = byModel.slice(0, OWN_COLOURS);
  if (others.length > 0) series.push({ model: null, values: addUp(others, starts.length) });
  const sums = addUp(
    series.map(({ values }) => values),
    starts.length,
  );
  return { starts, series, max: Math.max(0, ...sums) };
}

function toValues(points: readonly TrendPoint[], places: ReadonlyMap<number, number>, measure: Measure) {
  const values = Array.from({ length: places.size }, () => 0);
  for (const point of points) {
    const at = places.get(point.at);
    if (at !== undefined) values[at] = (values[at] ?? 0) + (point[measure] ?? 0);
  }
  return values;
}

function addUp(lists: readonly (readonly number[])[], length: number): number[] {
  return Array.from({ length }, (_, at) => sum(lists.map((values) => values[at] ?? 0)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
