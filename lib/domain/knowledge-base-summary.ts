import * as z from "zod/mini";

/** The pseudo knowledge base that answers without retrieval. */
export const GENERAL_KB = "general";

/** A knowledge base as `GET /api/knowledge-bases` shows it. */
export const knowledgeBaseSummarySchema = z.object({
  prefix: z.string(),
  title: z.string(),
  description: z.string(),
  suggested: z.array(z.string()),
  documents: z.number(),
  passages: z.number(),
  updated_at: z.number(),
});
export type KnowledgeBaseSummary = z.infer<typeof knowledgeBaseSummarySchema>;
