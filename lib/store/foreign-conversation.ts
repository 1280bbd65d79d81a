import { AppError } from "@/lib/errors";

/** For one browser the conversation of another does not exist. */
export function foreignConversation(): AppError {
  return new AppError("not_found", "There is no such conversation in this browser.");
}
