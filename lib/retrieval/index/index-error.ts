import { AppError } from "@/lib/errors";

/** The index cannot be read or written; the message is fit for a person and names no path. */
export function indexError(message: string, options: { cause?: unknown } = {}): AppError {
  return new AppError("unavailable", message, options);
}

/** Whether the tables lie in a folder of this machine or behind an address. */
export type IndexPlace = "folder" | "address";

const ADVICE: Record<IndexPlace, string> = {
  folder:
    "if a restart does not help, put a backup of DATA_DIR/index in its place; without one, remove it, " +
    "start again, and upload your documents again",
  address: "check that INDEX_URI can be reached and that its credentials may read and write there",
};

export function placeOf(uri: string): IndexPlace {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(uri) ? "address" : "folder";
}

/** Runs one call to the index engine and says what failed in words of our own. */
export type IndexCall = <T>(what: string, call: () => Promise<T>) => Promise<T>;

export function createIndexCall(place: IndexPlace): IndexCall {
  return async (what, call) => {
    try {
      return await call();
    } catch (cause) {
      throw indexError(`The search index could not ${what}; ${ADVICE[place]}.`, { cause });
    }
  };
}
