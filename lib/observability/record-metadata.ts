import { z } from "zod";
import { runRecordSchema, spanSchema } from "@/lib/domain/run-record";
import type { Json } from "./json-text";

/**
 * What the metadata of our observations holds beside the values that Langfuse shows, as JSON under the
 * keys `run` (root), `span` and `section`: enough to make the record again.
 */
const json: z.ZodType<Json> = z.json();

const sectionKeySchema = z.enum(["route_decision", "rag_plan", "rag_runs", "context", "generations"]);

/** A section that has no span to be shown in is kept whole. */
const looseSectionSchema = z.object({ key: sectionKeySchema, index: z.number(), value: json });
export type LooseSection = z.infer<typeof looseSectionSchema>;

export const runMetadataSchema = runRecordSchema
  .pick({
    v: true,
    status: true,
    started_at: true,
    kb_prefix: true,
    agent_type: true,
    settings: true,
    regenerate_of: true,
    replay_of: true,
    feedback: true,
    citations: true,
    performance_metrics: true,
  })
  .extend({ loose_sections: z.array(looseSectionSchema) });
export type RunMetadata = z.infer<typeof runMetadataSchema>;

/** The span's own input or output where the observation shows something else in its place. */
const ownValueSchema = z.union([z.object({ echo: z.number() }), z.object({ value: json })]);
export type OwnValue = z.infer<typeof ownValueSchema>;

export const spanMetadataSchema = spanSchema
  .pick({
    parent_span_id: true,
    kind: true,
    status: true,
    offset_ms: true,
    duration_ms: true,
    status_message: true,
    attributes: true,
  })
  .extend({ index: z.number(), input: ownValueSchema.optional(), output: ownValueSchema.optional() });
export type SpanMetadata = z.infer<typeof spanMetadataSchema>;

export const sectionMetadataSchema = z.object({ key: sectionKeySchema, index: z.number(), rest: json });

/** Writes a span's own value down, or the number of the echo that it is. */
export function toOwnValue(value: Json, echoes: readonly Json[]): OwnValue {
  const text = JSON.stringify(value);
  const echo = echoes.findIndex((candidate) => JSON.stringify(candidate) === text);
  return echo === -1 ? { value } : { echo };
}

/** Inverse of `toOwnValue`. */
export function fromOwnValue(own: OwnValue, echoes: readonly Json[]): Json {
  return "echo" in own ? (echoes[own.echo] ?? null) : own.value;
}
