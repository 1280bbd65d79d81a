import { z } from "zod";
import { documentFormatSchema } from "@/lib/domain/document";

export const parsedFileSchema = z.object({
  format: documentFormatSchema,
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
