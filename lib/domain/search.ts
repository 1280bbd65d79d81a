import { z } from "zod";
import { passageSchema } from "./passage";

/** A passage as a search found it. */
export const searchResultSchema = passageSchema.extend({
  rank: z.number(),
  /** In [0, 1]; null where the agent has none. */
  relevance: z.number().nullable(),
});
export type SearchResult = z.infer<typeof searchResultSchema>;

/** What `POST /api/search` answers. */
export const searchAnswerSchema = z.object({
  results: z.array(searchResultSchema),
  duration_ms: z.number(),
});
