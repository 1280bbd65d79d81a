import { AppError, HTTP_STATUS } from "@/lib/errors";

/** The contract's error answer. What is not an AppError says nothing of its inside. */
export function errorResponse(error: unknown): Response {
  const known =
    error instanceof AppError
      ? error
      : new AppError("internal", "Something went wrong on our side. Try again.");
  const headers = new Headers({ "cache-control": "no-store" });
  if (known.retryAfterSeconds !== null) headers.set("retry-after", String(known.retryAfterSeconds));
  const { code, message, issues } = known;
  return Response.json({ error: { code, message, issues } }, { status: HTTP_STATUS[code], headers });
}
