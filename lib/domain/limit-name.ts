/** Limits that a `rate_limited` answer names as the path of its issue; without one, requests came too fast. */
const LIMIT_NAMES = [
  "tokens_per_day",
  "spend_per_day",
  "uploads_per_day",
  "upload_mb_per_day",
  "streams_per_browser",
  "streams_max",
  "ingest_queue",
] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

/** The limit that an error answer names; null for any other. */
export function limitOf(issues: readonly { path: string }[] | undefined): LimitName | null {
  return LIMIT_NAMES.find((name) => name === issues?.[0]?.path) ?? null;
}
