import * as z from "zod/mini";

/** Codes of the one `error` frame that a stream may carry. */
export const streamErrorCodeSchema = z.enum([
  "model_unauthorized",
  "model_rate_limited",
  "model_unavailable",
  "model_timeout",
  "model_bad_response",
  "retrieval_failed",
  "interrupted",
  "internal",
]);
export type StreamErrorCode = z.infer<typeof streamErrorCodeSchema>;

export const streamErrorSchema = z.object({
  code: streamErrorCodeSchema,
  message: z.string(),
  retryable: z.boolean(),
});
export type StreamError = z.infer<typeof streamErrorSchema>;
