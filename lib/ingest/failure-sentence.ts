import { AppError } from "@/lib/errors";
import { ModelError } from "@/lib/llm/language-model";
import { ParseError } from "@/lib/retrieval/parse/parse-file";

/** For what is not meant for people; the log has it. */
export const UNEXPECTED = "Something went wrong on our side. Try again.";

/** Why a job failed, for the person who sent the file. */
export function failureSentence(error: unknown): string {
  const isSentence = error instanceof AppError || error instanceof ParseError || error instanceof ModelError;
  return isSentence ? error.message : UNEXPECTED;
}
