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
  /** What it answers where the question was edited; null for the user's message as it was first sent. */
  question: z._default(z.nullable(z.string()), null),
  content: z.string(),
  // The values of RunStatus; its own file holds the whole record, which an ordinary page does not load.
  status: z.enum(["running", "success", "error", "aborted"]),
  sources: z.array(sourceSchema),
  feedback: z.nullable(feedbackSchema),
  stats: z.nullable(answerStatsSchema),
  error: z.nullable(streamErrorSchema),
  /** Ended at the model's length limit: there is more to say. */
  cut_short: z._default(z.boolean(), false),
});
export type AnswerVersion = z.infer<typeof answerVersionSchema>;

const conversationMessageSchema = z.discriminatedUnion("role", [
  z.object({
    role: z.literal("user"),
    message_id: z.string(),
    content: z.string(),
    at: z.number(),
    /** The version of the answer before, when this was asked; null for a first question. */
    after: z._default(z.nullable(z.string()), null),
  }),
  z.object({
    role: z.literal("assistant"),
    message_id: z.string(),
    at: z.number(),
    active: z.int(),
    versions: z.array(answerVersionSchema),
  }),
]);

export type ConversationMessage = z.infer<typeof conversationMessageSchema>;

/** A read-only copy of a conversation that anybody with its address may read. */
export const conversationShareSchema = z.object({
  /** Not to be guessed: whoever knows it may read. */
  share_id: z.string(),
  at: z.number(),
  title: z.string(),
  /** The versions that are shown: what comes after them, and other versions, stays private. */
  request_ids: z.array(z.string()),
});
export type ConversationShare = z.infer<typeof conversationShareSchema>;

/** What `GET /api/sessions/{id}` answers. */
export const conversationAnswerSchema = z.object({
  session_id: z.string(),
  title: z.string(),
  private: z.boolean(),
  messages: z.array(conversationMessageSchema),
});
export type ConversationAnswer = z.infer<typeof conversationAnswerSchema>;
