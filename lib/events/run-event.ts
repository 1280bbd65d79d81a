import { z } from "zod";
import { agentTypeSchema } from "@/lib/domain/agent";
import { spanIdSchema } from "@/lib/domain/ids";
import {
  citationSchema,
  generationPurposeSchema,
  logEntrySchema,
  planEntrySchema,
  promptMessageSchema,
  ragRunSchema,
  routeDecisionSchema,
  runContextSchema,
  runSettingsSchema,
  spanSchema,
} from "@/lib/domain/run-record";
import { usageSchema } from "@/lib/domain/usage";
import { streamErrorSchema } from "./stream-error";

const runStartSchema = z.object({
  type: z.literal("run-start"),
  session_id: z.string(),
  started_at: z.number(),
  kb_prefix: z.string(),
  agent_type: agentTypeSchema,
  message: z.string(),
  settings: runSettingsSchema,
  regenerate_of: z.string().nullable(),
  replay_of: z.string().nullable(),
});

const spanStartSchema = spanSchema
  .pick({
    span_id: true,
    parent_span_id: true,
    name: true,
    kind: true,
    offset_ms: true,
    input: true,
    attributes: true,
  })
  .extend({ type: z.literal("span-start") });

const spanEndSchema = spanSchema
  .pick({ span_id: true, status_message: true, output: true, attributes: true })
  .extend({
    type: z.literal("span-end"),
    status: z.enum(["ok", "error", "aborted"]),
    duration_ms: z.number(),
  });

const promptSchema = z.object({
  type: z.literal("prompt"),
  span_id: spanIdSchema,
  name: z.string(),
  purpose: generationPurposeSchema,
  model: z.string(),
  parameters: spanSchema.shape.attributes,
  messages: z.array(promptMessageSchema),
});

const generationEndSchema = z.object({
  type: z.literal("generation-end"),
  span_id: spanIdSchema,
  /** The model as the provider named it in its answer. */
  model: z.string(),
  response: z.string(),
  usage: z.nullable(usageSchema),
  usage_source: z.enum(["provider", "estimated"]).nullable(),
  cost_usd: z.number().nullable(),
  ttft_ms: z.number().nullable(),
  duration_ms: z.number(),
  finish_reason: z.string(),
});

const runEndSchema = z.object({
  type: z.literal("run-end"),
  status: z.enum(["success", "error", "aborted"]),
  finish_reason: z.enum(["stop", "length", "aborted", "error"]),
  duration_ms: z.number(),
  answer: z.string(),
  error: z.nullable(streamErrorSchema),
});

/** What may be kept of a run: everything but the tokens of its answer. */
export const recordedEventSchema = z.discriminatedUnion("type", [
  runStartSchema,
  spanStartSchema,
  spanEndSchema,
  z.object({ type: z.literal("route-decision"), route_decision: routeDecisionSchema }),
  z.object({ type: z.literal("plan"), span_id: spanIdSchema, rag_plan: z.array(planEntrySchema) }),
  z.object({ type: z.literal("retrieval-result"), rag_run: ragRunSchema }),
  z.object({ type: z.literal("context"), context: runContextSchema }),
  promptSchema,
  z.object({
    type: z.literal("generation-first-token"),
    span_id: spanIdSchema,
    /** From the model call's start. */
    ttft_ms: z.number(),
    /** From the run's start. */
    offset_ms: z.number(),
  }),
  generationEndSchema,
  z.object({ type: z.literal("citations"), citations: z.array(citationSchema) }),
  z.object({ type: z.literal("log"), entry: logEntrySchema }),
  runEndSchema,
]);
export type RecordedEvent = z.infer<typeof recordedEventSchema>;

/** A piece of the answer's text; goes to the reader only, never into a store of debug data. */
export interface TokenEvent {
  type: "token";
  content: string;
}

/** Everything that answering yields. The stream, the debug store, the sidebar and Langfuse all read this. */
export type RunEvent = RecordedEvent | TokenEvent;

/** A recorded event with its place in the run. `seq` counts from 1 without gaps; `at` is epoch ms. */
export type StampedEvent = RecordedEvent & { v: 1; request_id: string; seq: number; at: number };

const stampSchema = z.object({
  v: z.literal(1),
  request_id: z.string(),
  seq: z.number().int().positive(),
  at: z.number(),
});

/** Reads a stored event; throws a ZodError when it is not one of this version. */
export function parseStampedEvent(value: unknown): StampedEvent {
  return { ...recordedEventSchema.parse(value), ...stampSchema.parse(value) };
}
