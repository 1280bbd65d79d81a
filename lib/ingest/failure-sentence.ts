import { AppError } from "@/lib/errors";
import { ModelError } from "@/lib/llm/language-model";
import { ParseError } from "@/lib/retrieval/parse/parse-file";

const GENERAL = "Something went wrong on our side. Try again.";

/** Why a job failed, for the person who sent the file; what is not meant for people is not told. */
export function failureSentence(error: unknown): string {
  const isSentence =
    error instanceof AppError || error instanceof ParseError || error instanceof ModelError;
  return isSentence ? error.message : GENERAL;
}
