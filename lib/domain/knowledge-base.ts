import { z } from "zod";

/** The prefix of a knowledge base as an administrator may choose it. */
export const kbPrefixSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,31}$/)
  .refine((prefix) => prefix !== "auto" && prefix !== "general", "auto and general are reserved");

/** The pseudo knowledge base that answers without retrieval. */
export const GENERAL_KB = "general";

export const knowledgeBaseSchema = z.object({
  prefix: kbPrefixSchema,
  title: z.string(),
  description: z.string(),
  keywords: z.array(z.string()),
  suggested: z.array(z.string()),
});
export type KnowledgeBase = z.infer<typeof knowledgeBaseSchema>;

/** A knowledge base as `GET /api/knowledge-bases` shows it. */
export const knowledgeBaseSummarySchema = knowledgeBaseSchema.omit({ keywords: true }).extend({
  documents: z.number(),
  passages: z.number(),
  updated_at: z.number(),
});
export type KnowledgeBaseSummary = z.infer<typeof knowledgeBaseSummarySchema>;
