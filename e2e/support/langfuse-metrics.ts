import { z } from "zod";
import type { Observation } from "@/lib/observability/observation";
import type { Reply } from "./langfuse-reply";
import type { LangfuseState } from "./langfuse-state";
import type { ReceivedTrace } from "./otlp-decode";

/** The query as the server's API description has it. */
const querySchema = z.strictObject({
  view: z.enum(["observations", "scores-numeric"]),
  dimensions: z.array(z.strictObject({ field: z.string() })).default([]),
  metrics: z
    .array(
      z.strictObject({ measure: z.string(), aggregation: z.enum(["count", "sum", "p50", "p90", "p99"]) }),
    )
    .min(1),
  filters: z
    .array(
      z.strictObject({
        column: z.string(),
        operator: z.enum(["=", "any of", "none of", "all of"]),
        value: z.union([z.string(), z.array(z.string())]),
        type: z.enum(["string", "stringOptions", "arrayOptions"]),
      }),
    )
    .default([]),
  timeDimension: z.strictObject({ granularity: z.enum(["minute", "hour", "day"]) }).nullish(),
  fromTimestamp: z.iso.datetime(),
  toTimestamp: z.iso.datetime(),
  config: z.strictObject({ row_limit: z.number().int().min(1).max(1000) }).optional(),
});
type Query = z.infer<typeof querySchema>;

/** What one observation or score says, by the names of dimensions and measures. */
interface Fact {
  at: number;
  names: Readonly<Record<string, string | readonly string[] | null>>;
  numbers: Readonly<Record<string, number | null>>;
}

/** Langfuse's metrics API over what was received. Sums skip what is unknown; counts come as text. */
export function answerMetrics(state: LangfuseState, search: URLSearchParams): Reply {
  const { data: query, error } = querySchema.safeParse(JSON.parse(search.get("query") ?? "{}"));
  if (error) return { status: 400, json: { message: error.message } };
  const facts = factsOf(state, query).filter((fact) => isAsked(fact, query));
  const groups = Map.groupBy(facts, (fact) => JSON.stringify(keyOf(fact, query)));
  const rows = [...groups.values()].map((group) => toRow(group, query));
  // Without dimensions there is one row, also of nothing.
  const data = rows.length === 0 && query.dimensions.length === 0 ? [toRow([], query)] : rows;
  return { status: 200, json: { data: data.slice(0, query.config?.row_limit ?? 100) } };
}

function factsOf({ traces, scores }: LangfuseState, { view }: Query): Fact[] {
  const all = traces.all();
  if (view === "observations") {
    return all.flatMap((trace) =>
      trace.observations.map((observation) => observationFact(trace, observation)),
    );
  }
  return [...scores.values()].map(({ name, value, traceId }) => ({
    at: all.find(({ id }) => id === traceId)?.observations[0]?.startTime ?? 0,
    names: { name },
    numbers: { count: 1, value },
  }));
}

function observationFact({ environment, tags }: ReceivedTrace, observation: Observation): Fact {
  const { startTime, endTime, completionStartTime, usageDetails, costDetails } = observation;
  return {
    at: startTime,
    names: {
      name: observation.name,
      type: observation.type.toUpperCase(),
      level: observation.level,
      providedModelName: observation.model,
      environment,
      tags,
    },
    numbers: {
      count: 1,
      latency: endTime - startTime,
      timeToFirstToken: completionStartTime === null ? null : completionStartTime - startTime,
      inputTokens: usageDetails?.input ?? null,
      outputTokens: usageDetails?.output ?? null,
      totalTokens: usageDetails?.total ?? null,
      totalCost: costDetails?.total ?? null,
    },
  };
}

function isAsked({ at, names }: Fact, { fromTimestamp, toTimestamp, filters }: Query): boolean {
  const inTime = at >= Date.parse(fromTimestamp) && at < Date.parse(toTimestamp);
  return inTime && filters.every((filter) => holds(names[filter.column] ?? [], filter));
}

function holds(given: string | readonly string[], { operator, value }: Query["filters"][number]): boolean {
  const [have, wanted] = [[given].flat(), [value].flat()];
  if (operator === "none of") return !wanted.some((one) => have.includes(one));
  if (operator === "all of") return wanted.every((one) => have.includes(one));
  return wanted.some((one) => have.includes(one));
}

const LENGTH_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

function keyOf({ at, names }: Fact, { dimensions, timeDimension }: Query) {
  const length = timeDimension ? LENGTH_MS[timeDimension.granularity] : null;
  const time = length && { time_dimension: new Date(Math.floor(at / length) * length).toISOString() };
  return { ...Object.fromEntries(dimensions.map(({ field }) => [field, names[field] ?? null])), ...time };
}

function toRow(group: readonly Fact[], query: Query) {
  const figures = query.metrics.map(({ measure, aggregation }) => {
    const values = group.flatMap(({ numbers }) => numbers[measure] ?? []);
    return [`${aggregation}_${measure}`, aggregate(values, aggregation)];
  });
  const [first] = group;
  return { ...(first && keyOf(first, query)), ...Object.fromEntries(figures) };
}

function aggregate(values: readonly number[], aggregation: Query["metrics"][number]["aggregation"]) {
  if (aggregation === "count") return String(values.length);
  if (aggregation === "sum") return values.reduce((sum, value) => sum + value, 0);
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((Number(aggregation.slice(1)) / 100) * sorted.length) - 1)] ?? null;
}
