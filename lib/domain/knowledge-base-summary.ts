import * as z from "zod/mini";

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

/** What `GET /api/knowledge-bases` answers. */
export const knowledgeBaseSummaryListSchema = z.array(knowledgeBaseSummarySchema);
