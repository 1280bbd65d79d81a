import { z } from "zod";

export const parseErrorCodeSchema = z.enum([
  /** The ending of its name is none of the accepted ones. */
  "unsupported",
  "too_large",
  /** Nothing in it, or nothing but white space. */
  "empty",
  /** It asks for a password. */
  "encrypted",
  /** A scan: pages, but no text on them. */
  "no_text",
  "corrupt",
  /** The content is not what the ending says. */
  "mislabelled",
  /** It needs more time, memory, depth, pages or rows than a file may. */
  "too_complex",
]);
export type ParseErrorCode = z.infer<typeof parseErrorCodeSchema>;

/** Why a file cannot become a document; the message is a sentence that its owner can act on. */
export class ParseError extends Error {
  override readonly name = "ParseError";
  readonly code: ParseErrorCode;

  constructor(code: ParseErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
