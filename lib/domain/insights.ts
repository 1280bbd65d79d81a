import { z } from "zod";

const count = z.number().int().nonnegative();
const milliseconds = z.number().nullable();

/** Durations in ms that half, nine in ten, 99 in 100 do not exceed; null where there is none. */
export const percentilesSchema = z.object({ p50: milliseconds, p90: milliseconds, p99: milliseconds });
export type Percentiles = z.infer<typeof percentilesSchema>;

/** The requests that have something in common: a route, an agent, a knowledge base. */
export const requestGroupSchema = z.object({
  key: z.string(),
  requests: count,
  errors: count,
  total_tokens: count.nullable(),
  cost_usd: z.number().nullable(),
  total_ms: percentilesSchema,
});
export type RequestGroup = z.infer<typeof requestGroupSchema>;

export const modelFiguresSchema = z.object({
  model: z.string(),
  calls: count,
  input_tokens: count.nullable(),
  output_tokens: count.nullable(),
  total_tokens: count.nullable(),
  /** Null where a price is not known. */
  cost_usd: z.number().nullable(),
});
export type ModelFigures = z.infer<typeof modelFiguresSchema>;

export const bucketSchema = z.enum(["minute", "hour", "day"]);
export type Bucket = z.infer<typeof bucketSchema>;

/** One stretch of time in one model's calls. */
export const trendPointSchema = z.object({
  /** When the stretch begins. */
  at: z.number(),
  model: z.string(),
  calls: count,
  total_tokens: count.nullable(),
  cost_usd: z.number().nullable(),
});
export type TrendPoint = z.infer<typeof trendPointSchema>;

/** `GET /api/insights`: figures of all requests of a time; a list is null where the source cannot tell it. */
export const insightsSchema = z.object({
  source: z.enum(["langfuse", "store"]),
  /** Why Langfuse was not the source although it is connected. */
  fallback_reason: z.string().nullable(),
  from: z.number(),
  to: z.number(),
  /** False where there were more requests than were read. */
  complete: z.boolean(),
  requests: count,
  errors: count,
  aborted: count,
  total_tokens: count.nullable(),
  cost_usd: z.number().nullable(),
  /** Votes; null where they cannot be told. */
  thumbs: z.object({ up: count, down: count }).nullable(),
  total_ms: percentilesSchema,
  /** Of the answer's model call, from its beginning. */
  ttft_ms: percentilesSchema,
  /** Of one agent's retrieval. */
  retrieval_ms: percentilesSchema,
  models: z.array(modelFiguresSchema),
  bucket: bucketSchema,
  trend: z.array(trendPointSchema),
  routes: z.array(requestGroupSchema).nullable(),
  agents: z.array(requestGroupSchema).nullable(),
  knowledge_bases: z.array(requestGroupSchema).nullable(),
});
export type Insights = z.infer<typeof insightsSchema>;
