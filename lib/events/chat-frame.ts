import * as z from "zod/mini";
import { retrieverAgentSchema } from "@/lib/domain/agent";
import { usageSchema } from "@/lib/domain/usage";
import { streamErrorSchema } from "./stream-error";

/** A passage in the prompt, as the reader sees it; `[n]` in the answer refers to it. */
export const sourceSchema = z.object({
  n: z.int(),
  passage_id: z.string(),
  document_id: z.string(),
  title: z.string(),
  heading: z.string(),
  snippet: z.string(),
  relevance: z.nullable(z.number()),
  /** Page of the document at the passage, on this server. */
  url: z.string(),
});
export type Source = z.infer<typeof sourceSchema>;

export const progressSchema = z.object({
  stage: z.enum(["routing", "retrieval", "generation"]),
  completed: z.nullable(z.int()),
  total: z.nullable(z.int()),
  agent_type: z.nullable(retrieverAgentSchema),
  retrieval_count: z.nullable(z.int()),
  error: z.nullable(z.string()),
  kb_prefix: z.nullable(z.string()),
});
export type Progress = z.infer<typeof progressSchema>;

/** The public stream: what `POST /api/chat` answers, one frame per SSE message. */
export const chatFrameSchema = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("start"),
    request_id: z.string(),
    session_id: z.string(),
    message_id: z.string(),
  }),
  z.object({ status: z.literal("progress"), content: progressSchema }),
  z.object({ status: z.literal("sources"), content: z.array(sourceSchema) }),
  z.object({ status: z.literal("token"), content: z.string() }),
  z.extend(streamErrorSchema, { status: z.literal("error") }),
  z.object({
    status: z.literal("done"),
    request_id: z.string(),
    finish_reason: z.enum(["stop", "length", "aborted", "error"]),
    usage: z.nullable(usageSchema),
  }),
]);
export type ChatFrame = z.infer<typeof chatFrameSchema>;
