import { extname } from "node:path";
import type { DocumentFormat } from "@/lib/domain/document";
import { ParseError } from "./parse-error";
import type { ParsedFile, ParsedText } from "./parsed-file";
import { requireFormat } from "./require-format";

/** The longest Markdown that is taken, UTF-16 units. */
const MAX_CHARACTERS = 20 * 1024 * 1024;

type Parse = (bytes: Uint8Array) => ParsedText | Promise<ParsedText>;

/** Each parser is loaded when the first file of its kind comes. */
const PARSERS: Record<DocumentFormat, () => Promise<Parse>> = {
  markdown: async () => (await import("./parse-markdown")).parseMarkdownFile,
  mdx: async () => (await import("./parse-mdx")).parseMdx,
  text: async () => (await import("./parse-text")).parseText,
  html: async () => (await import("./parse-html")).parseHtml,
  pdf: async () => (await import("./parse-pdf")).parsePdf,
  docx: async () => (await import("./parse-docx")).parseDocx,
  csv: async () => (await import("./parse-csv")).parseCsv,
};

const FORMATS: Readonly<Record<string, DocumentFormat>> = {
  ".md": "markdown",
  ".mdx": "mdx",
  ".txt": "text",
  ".html": "html",
  ".pdf": "pdf",
  ".docx": "docx",
  ".csv": "csv",
};

/** Reads a file as Markdown. Throws a ParseError, or whatever a parser throws at a damaged file. */
export async function parseBytes(file: { name: string; bytes: Uint8Array }): Promise<ParsedFile> {
  const format = FORMATS[extname(file.name).toLowerCase()];
  if (!format) throw new ParseError("unsupported", "Files of this kind are not read.");
  requireFormat(file.bytes, format);
  const parse = await PARSERS[format]();
  const parsed = await parse(file.bytes);
  if (parsed.markdown.length > MAX_CHARACTERS) {
    throw new ParseError("too_complex", "The file holds too much text. Split it.");
  }
  if (parsed.markdown.trim() === "") throw new ParseError("empty", "The file holds no text.");
  return { format, ...parsed };
}
