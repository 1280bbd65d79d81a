import { z } from "zod";

export const fileFormatSchema = z.enum(["markdown", "mdx", "text", "html", "pdf", "docx", "csv"]);
export type FileFormat = z.infer<typeof fileFormatSchema>;

export const parsedFileSchema = z.object({
  format: fileFormatSchema,
  /** What the document calls itself; null where it does not. */
  title: z.string().nullable(),
  /** What is cut into passages; offsets refer to it. */
  markdown: z.string(),
  /** Where each page begins in `markdown`, ascending; empty where the format has no pages. */
  pages: z.array(z.object({ page: z.int(), start: z.int() })),
});
export type ParsedFile = z.infer<typeof parsedFileSchema>;

/** What a format's parser makes. */
export type ParsedText = Omit<ParsedFile, "format">;
