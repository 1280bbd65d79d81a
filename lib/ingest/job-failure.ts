import type { Job, JobFault } from "@/lib/domain/job";
import { AppError } from "@/lib/errors";
import { ModelError } from "@/lib/llm/language-model";
import { ParseError } from "@/lib/retrieval/parse/parse-file";

/** For what is not meant for people; the log has it. */
const UNEXPECTED = "Something went wrong on our side. Try again.";

/** Why a job failed, for the person who sent the file. */
export function jobFailure(error: unknown): Pick<Job, "error" | "error_code"> & { error_code: JobFault } {
  if (error instanceof ParseError) return { error: error.message, error_code: error.code };
  if (error instanceof ModelError) return { error: error.message, error_code: "model" };
  if (error instanceof AppError) return { error: error.message, error_code: "refused" };
  return { error: UNEXPECTED, error_code: "unexpected" };
}
