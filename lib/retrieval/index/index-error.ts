import { AppError } from "@/lib/errors";

/** The index cannot be read or written; the message is fit for a person and names no path. */
export function indexError(message: string, options: { cause?: unknown } = {}): AppError {
  return new AppError("unavailable", message, options);
}

/** Runs one call to the index engine and says what failed in words of our own. */
export async function indexCall<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw indexError(
      `The search index could not ${what}; if a restart does not help, remove DATA_DIR/index, which is rebuilt from the documents.`,
      { cause },
    );
  }
}
