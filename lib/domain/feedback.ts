import { z } from "zod";

export const feedbackValueSchema = z.enum(["up", "down"]);
export type FeedbackValue = z.infer<typeof feedbackValueSchema>;

/** A user's vote on one answer. */
export const feedbackSchema = z.object({
  value: feedbackValueSchema,
  reasons: z.array(z.enum(["wrong", "incomplete", "source", "other"])),
  comment: z.string().nullable(),
  at: z.number(),
});
export type Feedback = z.infer<typeof feedbackSchema>;
