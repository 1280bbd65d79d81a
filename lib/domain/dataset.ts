import { z } from "zod";

/** The longest expected answer. */
export const MAX_EXPECTED_CHARACTERS = 20_000;

/** `GET /api/debug/{request_id}/dataset`: what adding the turn to a dataset begins with. */
export const datasetDraftSchema = z.object({
  /** Names of those that there are. */
  datasets: z.array(z.string()),
  input: z.object({
    message: z.string(),
    kb_prefix: z.string(),
    agent_type: z.string(),
    history: z.array(z.object({ role: z.string(), content: z.string() })),
  }),
  expected_output: z.string(),
});
export type DatasetDraft = z.infer<typeof datasetDraftSchema>;

/** What `POST` there answers. */
export const datasetAddedSchema = z.object({
  dataset: z.string(),
  item_id: z.string(),
  /** The item's page in Langfuse; null while the project is not known. */
  url: z.string().nullable(),
});
export type DatasetAdded = z.infer<typeof datasetAddedSchema>;
