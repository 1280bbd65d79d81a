import * as z from "zod/mini";

/** Limits that a `rate_limited` answer names as the path of its issue; without one, requests came too fast. */
export const limitNameSchema = z.enum([
  "tokens_per_day",
  "spend_per_day",
  "uploads_per_day",
  "upload_mb_per_day",
  "streams_per_browser",
  "streams_max",
  "ingest_queue",
]);
export type LimitName = z.infer<typeof limitNameSchema>;

/** The limit that an error answer names; null for any other. */
export function limitOf(issues: readonly { path: string }[] | undefined): LimitName | null {
  return limitNameSchema.safeParse(issues?.[0]?.path).data ?? null;
}
