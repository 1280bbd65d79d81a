import { createHash } from "node:crypto";

/** Under which runs and traces know a browser: its id is in neither. */
export function userIdOf(browserId: string): string {
  return createHash("sha256").update(browserId).digest("hex").slice(0, 32);
}
