import * as z from "zod/mini";
import { feedbackSchema } from "@/lib/domain/feedback";
import { sourceSchema } from "./chat-frame";
import { streamErrorSchema } from "./stream-error";

/** The line under an answer: "Routed to … · 3/3 retrievers · 8 of 14 passages used · 3.21 s". */
const answerStatsSchema = z.object({
  kb_prefix: z.string(),
  agents_completed: z.number(),
  agents_failed: z.number(),
  agents_total: z.number(),
  passages_retrieved: z.number(),
  total_duration_ms: z.number(),
});

/** One version of an answer, as it is kept and as its reader gets it. */
export const answerVersionSchema = z.object({
  request_id: z.string(),
  content: z.string(),
  // The values of RunStatus; its own file holds the whole record, which an ordinary page does not load.
  status: z.enum(["running", "success", "error", "aborted"]),
  sources: z.array(sourceSchema),
  feedback: z.nullable(feedbackSchema),
  stats: z.nullable(answerStatsSchema),
  error: z.nullable(streamErrorSchema),
});
export type AnswerVersion = z.infer<typeof answerVersionSchema>;

const conversationMessageSchema = z.discriminatedUnion("role", [
  z.object({ role: z.literal("user"), message_id: z.string(), content: z.string(), at: z.number() }),
  z.object({
    role: z.literal("assistant"),
    message_id: z.string(),
    at: z.number(),
    active: z.int(),
    versions: z.array(answerVersionSchema),
  }),
]);

export type ConversationMessage = z.infer<typeof conversationMessageSchema>;

/** What `GET /api/sessions/{id}` answers. */
export const conversationAnswerSchema = z.object({
  session_id: z.string(),
  title: z.string(),
  private: z.boolean(),
  messages: z.array(conversationMessageSchema),
});
export type ConversationAnswer = z.infer<typeof conversationAnswerSchema>;
