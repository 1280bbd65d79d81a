import { readFrontMatter } from "@/lib/retrieval/ingest/markdown";
import { decodeText } from "./decode-text";
import type { ParsedText } from "./parsed-file";

/** Markdown is taken as it is, front matter too. */
export function parseMarkdownFile(bytes: Uint8Array): ParsedText {
  const markdown = decodeText(bytes);
  return { title: readFrontMatter(markdown).title, markdown, pages: [] };
}
