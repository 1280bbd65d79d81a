import { extname } from "node:path";
import { ACCEPTED_EXTENSIONS, MAX_FILE_BYTES } from "@/lib/domain/document-file";
import { ParseError } from "./parse-error";
import { createParsePool } from "./parse-pool";
import type { ParsedFile } from "./parsed-file";

export { ACCEPTED_EXTENSIONS, MAX_FILE_BYTES } from "@/lib/domain/document-file";
export { ParseError } from "./parse-error";
export type { ParsedFile } from "./parsed-file";

export interface NamedFile {
  /** Its ending says how it is read. */
  name: string;
  bytes: Uint8Array;
}

const pool = createParsePool({ processes: 2, idleMs: 30_000, timeMs: 60_000, memoryMb: 1024 });

/**
 * Reads a file as Markdown, in a process of its own: it holds up nothing else, and has a limit of time and
 * of memory. Throws a ParseError that says what is wrong with the file, or the signal's reason.
 */
export async function parseFile(
  file: NamedFile,
  options: { signal?: AbortSignal } = {},
): Promise<ParsedFile> {
  options.signal?.throwIfAborted();
  if (!ACCEPTED_EXTENSIONS.includes(extname(file.name).toLowerCase())) {
    throw new ParseError(
      "unsupported",
      `Files of this kind are not read. Take ${ACCEPTED_EXTENSIONS.join(", ")}.`,
    );
  }
  if (file.bytes.byteLength > MAX_FILE_BYTES) {
    const limit = MAX_FILE_BYTES / 1024 / 1024;
    throw new ParseError(
      "too_large",
      `The file is larger than ${limit} MB. Split it, or leave pictures out.`,
    );
  }
  return pool.parse(file, options.signal);
}
