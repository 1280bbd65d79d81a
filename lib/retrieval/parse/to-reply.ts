import { parseBytes } from "./parse-bytes";
import { ParseError } from "./parse-error";
import type { ParseReply } from "./parse-process";

/** Reads a file and says what came of it; what a parser throws is the file's fault, not ours. */
export async function toReply(file: { name: string; bytes: Uint8Array }): Promise<ParseReply> {
  try {
    return { state: "parsed", parsed: await parseBytes(file) };
  } catch (error) {
    const { code, message } = toParseError(error);
    return { state: "refused", code, message };
  }
}

function toParseError(error: unknown): ParseError {
  if (error instanceof ParseError) return error;
  // Recursion that has run out of stack.
  if (error instanceof RangeError) return new ParseError("too_complex", "The file is nested too deeply.");
  return new ParseError("corrupt", "The file is damaged and cannot be read. Save it again.", {
    cause: error,
  });
}
