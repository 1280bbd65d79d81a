import { z } from "zod";

/** What a document was before it became Markdown. */
export const documentFormatSchema = z.enum(["markdown", "mdx", "text", "html", "pdf", "docx", "csv"]);
export type DocumentFormat = z.infer<typeof documentFormatSchema>;

/** Most files of one upload. */
export const MAX_UPLOAD_FILES = 200;

/** A document of a knowledge base as lists show it. */
export const documentSummarySchema = z.object({
  document_id: z.string(),
  /** File name, with its folder where one was uploaded; unique in its knowledge base. */
  name: z.string(),
  title: z.string(),
  passages: z.number(),
  bytes: z.number(),
  /** Whether its passages are found; single passages can be switched off beside that. */
  enabled: z.boolean(),
  updated_at: z.number(),
});
export type DocumentSummary = z.infer<typeof documentSummarySchema>;

export const documentPageSchema = z.object({
  items: z.array(documentSummarySchema),
  next: z.string().nullable(),
});

/** A passage as the administration of a document shows it. */
export const passageItemSchema = z.object({
  passage_id: z.string(),
  /** Place in the document, from 0. */
  position: z.number(),
  heading: z.string(),
  page: z.number().nullable(),
  text: z.string(),
  tokens: z.number(),
  enabled: z.boolean(),
});
export type PassageItem = z.infer<typeof passageItemSchema>;

export const passagePageSchema = z.object({
  items: z.array(passageItemSchema),
  next: z.string().nullable(),
});
