import { z } from "zod";
import { traceCountsSchema } from "./trace-counts";

const stateSchema = z.enum(["ok", "degraded", "down", "disabled"]);
export type PartState = z.infer<typeof stateSchema>;

/** `GET /api/settings`: how this server is set up and how its parts are; nothing secret. */
export const overviewSchema = z.object({
  /** Version, and the commit where the build knew it. */
  release: z.string(),
  node: z.string(),
  /** Which roles can be had here at all. */
  roles: z.object({ debug: z.boolean(), admin: z.boolean() }),
  langfuse: z.object({
    state: stateSchema,
    reason: z.string().nullable(),
    /** Of the server; null while unknown. */
    version: z.string().nullable(),
    /** Where a browser reaches it; null when it is off. */
    url: z.string().nullable(),
    trace: z.enum(["all", "debug"]),
    sample_rate: z.number(),
    environment: z.string(),
    counts: traceCountsSchema,
  }),
  debug_store: z.object({
    state: stateSchema,
    backend: z.enum(["redis", "memory"]),
    latency_ms: z.number().nullable(),
    collect: z.enum(["role", "all"]),
    ttl_seconds: z.number(),
  }),
  model: z.object({
    state: stateSchema,
    name: z.string(),
    /** Null without one: retrieval is lexical and by graph alone. */
    embedding: z.string().nullable(),
    reranker: z.string().nullable(),
  }),
  index: z.object({
    state: stateSchema,
    passages: z.number().nullable(),
    place: z.enum(["folder", "object_storage"]),
  }),
});
export type Overview = z.infer<typeof overviewSchema>;
