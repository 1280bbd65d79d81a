import type { FileFault } from "@/lib/domain/job";

/** Why a file cannot become a document; the message is a sentence that its owner can act on. */
export class ParseError extends Error {
  override readonly name = "ParseError";
  readonly code: FileFault;

  constructor(code: FileFault, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
