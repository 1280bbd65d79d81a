import { AppError } from "@/lib/errors";

/** Refusal of numbered items before which others are missing. */
export function gapError(): AppError {
  return new AppError("conflict", "What comes before this has not been stored.");
}

/** Whether a store refused an append because of a gap. */
export function isGapError(error: unknown): boolean {
  return error instanceof AppError && error.code === "conflict";
}
