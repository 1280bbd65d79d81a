import { isUnavailable } from "@/lib/errors";
import type { StreamError } from "@/lib/events/stream-error";
import { ModelError } from "@/lib/llm/language-model";

/** A run that cannot be answered, with what the reader is told. */
export class RunFailure extends Error {
  override readonly name = "RunFailure";
  readonly streamError: StreamError;

  constructor(streamError: StreamError, cause?: unknown) {
    super(streamError.message, { cause });
    this.streamError = streamError;
  }
}

export const searchFailed: StreamError = {
  code: "retrieval_failed",
  message: "The documents could not be searched. Try again in a moment.",
  retryable: true,
};

/**
 * The one place where whatever was thrown becomes a code and a sentence. What we did not foresee says
 * nothing of its inside.
 */
export function toStreamError(error: unknown): StreamError {
  if (error instanceof RunFailure) return error.streamError;
  if (error instanceof ModelError) {
    return { code: error.code, message: error.message, retryable: error.retryable };
  }
  // Of all that a run asks, only the index says that it cannot answer now in this way.
  if (isUnavailable(error)) return searchFailed;
  return { code: "internal", message: "Something went wrong on our side. Try again.", retryable: true };
}
