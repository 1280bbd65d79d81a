import { z } from "zod";
import { pick } from "zod/mini";
import { type Feedback, feedbackSchema } from "@/lib/domain/feedback";

/** A score as the read APIs give it back; a boolean is 0 or 1 before version 4. */
export const keptScoreSchema = z.object({
  name: z.string(),
  value: z.union([z.number(), z.boolean(), z.string()]).nullish(),
  comment: z.string().nullish(),
  metadata: z.unknown().optional(),
  timestamp: z.string(),
});
type KeptScore = z.infer<typeof keptScoreSchema>;

/** What a vote's score holds beside its value and its comment, which is for people. */
export const voteMetadataSchema = pick(feedbackSchema, { reasons: true, comment: true });

/** The user's vote out of a trace's scores; null when there is none. */
export function toFeedback(scores: readonly KeptScore[]): Feedback | null {
  const vote = scores.find(({ name }) => name === "user_feedback");
  if (!vote) return null;
  const up = vote.value === true || vote.value === 1;
  const said = voteMetadataSchema.safeParse(vote.metadata).data;
  return {
    value: up ? "up" : "down",
    reasons: said?.reasons ?? [],
    comment: said ? said.comment : (vote.comment ?? null),
    at: Date.parse(vote.timestamp),
  };
}
