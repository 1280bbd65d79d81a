import { z } from "zod";
import type { Clock } from "@/lib/domain/clock";
import { type Feedback, feedbackReasonSchema, feedbackValueSchema } from "@/lib/domain/feedback";
import { requestIdSchema } from "@/lib/domain/ids";
import { AppError } from "@/lib/errors";
import type { TraceSink } from "@/lib/observability/trace-sink";
import { toKeptText } from "@/lib/security/redaction";
import type { ConversationStore } from "@/lib/store/conversation-store";
import type { RunStore } from "@/lib/store/run-store";

/** Body of `POST /api/feedback`. */
export const feedbackRequestSchema = z.strictObject({
  request_id: requestIdSchema,
  value: z.nullable(feedbackValueSchema),
  reasons: z.array(feedbackReasonSchema).max(4).optional(),
  comment: z.string().trim().max(2000, "must have at most 2,000 characters").optional(),
});

interface FeedbackPorts {
  conversations: ConversationStore;
  runs: RunStore;
  sink: TraceSink;
  clock: Clock;
}

/**
 * Keeps a vote with the user's own conversation, and masked with the run and its trace unless the conversation
 * is private. A new one replaces the old. Throws `not_found` for an answer that this browser does not own.
 */
export async function giveFeedback(
  { request_id, value, reasons, comment }: z.infer<typeof feedbackRequestSchema>,
  browserId: string | null,
  { conversations, runs, sink, clock }: FeedbackPorts,
): Promise<ReturnType<TraceSink["score"]>> {
  const place = await conversations.findVersion(request_id);
  if (!place || place.owner !== browserId) {
    throw new AppError("not_found", "There is no such answer in this browser.");
  }
  const feedback: Feedback | null = value && {
    value,
    reasons: reasons ?? [],
    comment: comment || null,
    at: clock.now(),
  };
  await conversations.setFeedback(request_id, feedback);
  const conversation = await conversations.conversation(place.session_id);
  if (conversation?.private) return "disabled";
  const masked = feedback && { ...feedback, comment: feedback.comment && toKeptText(feedback.comment) };
  await runs.patchFacts(request_id, { feedback: masked });
  // A run that is not traced gets no score either: Langfuse would show one without its trace.
  const run = await runs.read(request_id, Number.MAX_SAFE_INTEGER).catch(() => null);
  const link = run?.facts.trace ?? sink.initialLink(request_id, run !== null);
  const traced = link.state !== "sampled_out";
  return traced ? sink.score(request_id, masked) : "disabled";
}
