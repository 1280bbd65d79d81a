/** A condition on a column of the view. */
export type MetricsFilter =
  | { column: string; operator: "="; value: string; type: "string" }
  | { column: string; operator: "any of" | "none of"; value: string[]; type: "stringOptions" }
  | { column: string; operator: "all of"; value: string[]; type: "arrayOptions" };

/** A query of Langfuse's metrics API, as versions 3 and 4 both take it. */
export interface MetricsQuery {
  view: "observations" | "scores-numeric";
  metrics: { measure: string; aggregation: "count" | "sum" | "p50" | "p90" | "p99" }[];
  dimensions: { field: string }[];
  filters: MetricsFilter[];
  timeDimension?: { granularity: "minute" | "hour" | "day" };
  fromTimestamp: string;
  toTimestamp: string;
}

/** A row under `<aggregation>_<measure>`, the dimensions' names and `time_dimension`. */
export type MetricsRow = Readonly<Record<string, unknown>>;

/** Port: figures that a tracing backend adds up itself. Throws `upstream_failed`. */
export interface Metrics {
  query(query: MetricsQuery): Promise<MetricsRow[]>;
}
