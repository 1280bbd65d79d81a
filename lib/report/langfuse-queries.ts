import type { Bucket } from "@/lib/domain/insights";
import type { MetricsFilter, MetricsQuery } from "@/lib/observability/metrics";

/** The time that is asked about, in epoch ms. */
export interface TimeRange {
  from: number;
  to: number;
}

const equal = (column: string, value: string): MetricsFilter => ({
  column,
  operator: "=",
  value,
  type: "string",
});
/** The runs of experiments nobody asked for in the chat. */
const asked: MetricsFilter = {
  column: "environment",
  operator: "none of",
  value: ["sdk-experiment"],
  type: "stringOptions",
};
/** Embeddings are observations of their own type. */
const MODEL_CALLS = [equal("type", "GENERATION"), asked];
/** The root observation of each request. */
const REQUESTS = [equal("name", "rag_chat"), asked];

const LATENCY: MetricsQuery["metrics"] = percentiles("latency");
const COUNT: MetricsQuery["metrics"][number] = { measure: "count", aggregation: "count" };
const sum = (measure: string) => ({ measure, aggregation: "sum" as const });

function percentiles(measure: string): MetricsQuery["metrics"] {
  return (["p50", "p90", "p99"] as const).map((aggregation) => ({ measure, aggregation }));
}

/** Traces that carry all of these tags. */
function tagged(tags: readonly string[]): MetricsFilter[] {
  return tags.length === 0
    ? []
    : [{ column: "tags", operator: "all of", value: [...tags], type: "arrayOptions" }];
}

function inRange({ from, to }: TimeRange) {
  return { fromTimestamp: new Date(from).toISOString(), toTimestamp: new Date(to).toISOString() };
}

/** Requests and how long they took, all of them or those with the tags. */
export function requestsQuery(range: TimeRange, tags: readonly string[] = []): MetricsQuery {
  const filters = [...REQUESTS, ...tagged(tags)];
  return { view: "observations", metrics: [COUNT, ...LATENCY], dimensions: [], filters, ...inRange(range) };
}

/** Requests by how they ended: level ERROR is a failure, WARNING an aborted one. */
export function levelsQuery(range: TimeRange, tags: readonly string[] = []): MetricsQuery {
  const dimensions = [{ field: "level" }];
  const filters = [...REQUESTS, ...tagged(tags)];
  return { view: "observations", metrics: [COUNT], dimensions, filters, ...inRange(range) };
}

/** Calls, tokens and cost of each model. */
export function modelsQuery(range: TimeRange, tags: readonly string[] = []): MetricsQuery {
  return {
    view: "observations",
    metrics: [COUNT, ...["inputTokens", "outputTokens", "totalTokens", "totalCost"].map(sum)],
    dimensions: [{ field: "providedModelName" }],
    filters: [...MODEL_CALLS, ...tagged(tags)],
    ...inRange(range),
  };
}

/** The same over time. */
export function trendQuery(range: TimeRange, granularity: Bucket): MetricsQuery {
  return {
    view: "observations",
    metrics: [COUNT, ...["totalTokens", "totalCost"].map(sum)],
    dimensions: [{ field: "providedModelName" }],
    filters: MODEL_CALLS,
    timeDimension: { granularity },
    ...inRange(range),
  };
}

/** How long the answers' models took to their first token. */
export function firstTokenQuery(range: TimeRange): MetricsQuery {
  const filters = [equal("name", "llm_generation"), asked];
  const metrics = percentiles("timeToFirstToken");
  return { view: "observations", metrics, dimensions: [], filters, ...inRange(range) };
}

/** How long the agents searched. */
export function retrievalQuery(range: TimeRange): MetricsQuery {
  const filters = [equal("name", "rag_retrieval"), asked];
  return { view: "observations", metrics: [COUNT, ...LATENCY], dimensions: [], filters, ...inRange(range) };
}

/** Votes: a thumb up is 1, a thumb down 0. */
export function votesQuery(range: TimeRange): MetricsQuery {
  const filters = [equal("name", "user_feedback")];
  const metrics = [COUNT, sum("value")];
  return { view: "scores-numeric", metrics, dimensions: [], filters, ...inRange(range) };
}
