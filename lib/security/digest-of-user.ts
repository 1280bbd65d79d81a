import { createHash } from "node:crypto";

/** What stands for a browser or an address where something is counted: a count tells nobody who it was. */
export function digestOfUser(id: string): string {
  return createHash("sha256").update(id).digest("hex").slice(0, 24);
}
