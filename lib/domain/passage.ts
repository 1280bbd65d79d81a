import { z } from "zod";

/** A chunk of a document as the index stores it and retrieval returns it. */
export const passageSchema = z.object({
  passage_id: z.string(),
  document_id: z.string(),
  /** File name of the document, unique in its knowledge base. */
  name: z.string(),
  /** Title of the document; may repeat. */
  title: z.string(),
  /** Heading path, joined with " › "; empty above the first heading. */
  heading: z.string(),
  text: z.string(),
});
export type Passage = z.infer<typeof passageSchema>;

const neighbourSchema = z.object({
  passage_id: z.string(),
  heading: z.string(),
  text: z.string(),
  page: z.number().nullable(),
});
export type PassageNeighbour = z.infer<typeof neighbourSchema>;

/** What `GET /api/passages/{passage_id}` answers: the passage between its neighbours. */
export const passageViewSchema = z.object({
  passage_id: z.string(),
  text: z.string(),
  heading: z.string(),
  page: z.number().nullable(),
  document: z.object({ document_id: z.string(), name: z.string(), title: z.string() }),
  before: z.array(neighbourSchema),
  after: z.array(neighbourSchema),
});
export type PassageView = z.infer<typeof passageViewSchema>;
