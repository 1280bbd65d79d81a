import { z } from "zod";
import { documentFormatSchema } from "@/lib/domain/document";
import { AppError } from "@/lib/errors";

const VERSION = 1;

const documentSourceSchema = z.object({
  format: documentFormatSchema,
  /** What the file declares; null leaves it to the headings, then to the file's name. */
  title: z.string().nullable(),
  markdown: z.string(),
  /** Where each page begins in `markdown`, ascending; empty where the format has no pages. */
  pages: z.array(z.object({ page: z.number(), start: z.number() })),
});
/** A document as Markdown, before it is cut: all that indexing needs of it. */
export type DocumentSource = z.infer<typeof documentSourceSchema>;

/** A document as the index keeps it. */
export function encodeSource({ format, title, markdown, pages }: DocumentSource): string {
  return JSON.stringify({ v: VERSION, format, title, pages, markdown });
}

/** Reads what `encodeSource` wrote; throws `conflict` for what a later version wrote. */
export function decodeSource(text: string): DocumentSource {
  const value: unknown = JSON.parse(text);
  if (z.object({ v: z.number() }).parse(value).v > VERSION) {
    const message =
      "This document was indexed by a later version of Sidetrace; update this server to read it.";
    throw new AppError("conflict", message);
  }
  return documentSourceSchema.parse(value);
}
