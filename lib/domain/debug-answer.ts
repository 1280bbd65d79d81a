import { z } from "zod";
import { feedbackSchema } from "./feedback";
import { keptPayloadSchema } from "./payload";
import { generationSchema, runStatusSchema } from "./run-record";
import { supportFactsSchema } from "./support-facts";
import { traceCountsSchema } from "./trace-counts";
import { traceLinkSchema } from "./trace-link";

/** Where an answer's events were read from. */
export const debugSourceSchema = z.enum(["redis", "memory", "langfuse", "import"]);
export type DebugSource = z.infer<typeof debugSourceSchema>;

/** `GET /api/debug/{request_id}?after=`: the events after a cursor, and what is known of the run beside them. */
export const debugAnswerSchema = z.object({
  request_id: z.string(),
  session_id: z.string(),
  status: runStatusSchema,
  started_at: z.number(),
  /** The seq of the last event given so far; the next poll's `after`. */
  cursor: z.string().regex(/^\d+$/),
  /** Loose on purpose: a type or a field that this reader does not know is no error. */
  events: z.array(z.looseObject({ seq: z.number().int().positive(), at: z.number(), type: z.string() })),
  source: debugSourceSchema,
  /** The debug store is not the configured one. */
  degraded: z.boolean(),
  /** Payload parts that were cut. */
  truncated: z.number().int().nonnegative(),
  /** Events that were lost. */
  dropped: z.number().int().nonnegative(),
  /** Parts of which more is kept than their events show; none where the server does not say. */
  payloads: z.array(keptPayloadSchema).default([]),
  trace: traceLinkSchema,
  /** How it stands with the traces of all runs, where that of this one failed. */
  trace_counts: traceCountsSchema.nullable().optional(),
  /** As it is now; absent where the server does not say. */
  feedback: z.optional(z.nullable(feedbackSchema)),
  /** How far the answer's citations are supported; null until that was checked. */
  support: supportFactsSchema.nullable().optional(),
  /** The model's call that made the conversation's title, after this answer; null where none did. */
  title: generationSchema.nullable().optional(),
});
export type DebugAnswer = z.infer<typeof debugAnswerSchema>;
