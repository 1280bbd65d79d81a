import { z } from "zod";
import { feedbackSchema } from "@/lib/domain/feedback";
import { keptPayloadSchema, type Payload, payloadSchema } from "@/lib/domain/payload";
import { generationSchema, runStatusSchema } from "@/lib/domain/run-record";
import { supportFactsSchema } from "@/lib/domain/support-facts";
import { traceLinkSchema } from "@/lib/domain/trace-link";
import { parseStampedEvent, type StampedEvent } from "@/lib/events/run-event";
import { decodeAtRest, encodeAtRest, refuseLaterVersion } from "./at-rest-codec";
import type { RunFacts, RunHead, RunSummary } from "./run-store";

const headSchema: z.ZodType<RunHead> = z.object({
  request_id: z.string(),
  session_id: z.string(),
  status: runStatusSchema,
  started_at: z.number(),
  truncated: z.number(),
  dropped: z.number(),
  payloads: z.array(keptPayloadSchema).default([]),
});

const summarySchema: z.ZodType<RunSummary> = z.object({
  request_id: z.string(),
  session_id: z.string(),
  started_at: z.number(),
  status: runStatusSchema,
  message: z.string(),
  answer: z.string(),
  kb_prefix: z.string(),
  agents: z.array(z.string()),
  model: z.string(),
  total_duration_ms: z.number().nullable(),
  total_tokens: z.number().nullable(),
  cost_usd: z.number().nullable(),
});

const feedbackFactSchema = z.object({ feedback: z.nullable(feedbackSchema) });
const traceFactSchema = z.object({ trace: traceLinkSchema.nullable() });
const titleFactSchema = z.object({ title: generationSchema.nullable() });
const supportFactSchema = z.object({ support: supportFactsSchema.nullable() });

export const decodePayload = (text: string): Payload => decodeAtRest(payloadSchema, text);
export const decodeHead = (text: string): RunHead => decodeAtRest(headSchema, text);
export const decodeSummary = (text: string): RunSummary => decodeAtRest(summarySchema, text);

/**
 * Reads a stored event. Null when this version does not know its type or it is damaged: one such event must not
 * hide the others. Throws `conflict` when it was made by a later version.
 */
export function decodeEvent(text: string): StampedEvent | null {
  try {
    const value: unknown = JSON.parse(text);
    refuseLaterVersion(value);
    return parseStampedEvent(value);
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The facts as fields of a hash, so that two processes can each set one without knowing the other. */
export function encodeFacts({ feedback, trace, support, title }: Partial<RunFacts>): string[] {
  const fields: string[] = [];
  if (feedback !== undefined) fields.push("feedback", encodeAtRest({ feedback }));
  if (trace !== undefined) fields.push("trace", encodeAtRest({ trace }));
  if (support !== undefined) fields.push("support", encodeAtRest({ support }));
  if (title !== undefined) fields.push("title", encodeAtRest({ title }));
  return fields;
}

/** `support` and `title` are left out where only a line of the list is read. */
export function decodeFacts(
  feedback: string | null,
  trace: string | null,
  support: string | null = null,
  title: string | null = null,
): RunFacts {
  return {
    feedback: feedback === null ? null : decodeAtRest(feedbackFactSchema, feedback).feedback,
    trace: trace === null ? null : decodeAtRest(traceFactSchema, trace).trace,
    support: support === null ? null : decodeAtRest(supportFactSchema, support).support,
    title: title === null ? null : decodeAtRest(titleFactSchema, title).title,
  };
}
