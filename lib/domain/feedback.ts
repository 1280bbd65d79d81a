import * as z from "zod/mini";

export const feedbackValueSchema = z.enum(["up", "down"]);
export type FeedbackValue = z.infer<typeof feedbackValueSchema>;

export const feedbackReasonSchema = z.enum(["wrong", "incomplete", "source", "other"]);

/** A user's vote on one answer. */
export const feedbackSchema = z.object({
  value: feedbackValueSchema,
  reasons: z.array(feedbackReasonSchema),
  comment: z.nullable(z.string()),
  at: z.number(),
});
export type Feedback = z.infer<typeof feedbackSchema>;
