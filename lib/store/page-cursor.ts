import { z } from "zod";
import { AppError } from "@/lib/errors";

/** A place in a list that is sorted by rank, the highest first, and by id where ranks are equal. */
export interface PagePlace {
  rank: number;
  id: string;
}

const cursorSchema = z.tuple([z.number(), z.string()]);

/** The opaque `next` of a page that ends at this place. */
function encodeCursor({ rank, id }: PagePlace): string {
  return Buffer.from(JSON.stringify([rank, id])).toString("base64url");
}

/** Reads a `before`; throws `invalid_request` when it is not one of ours. */
export function decodeCursor(cursor: string): PagePlace {
  try {
    const [rank, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    return { rank, id };
  } catch (cause) {
    const message = "The cursor is not one that this list has given out.";
    throw new AppError("invalid_request", message, { issues: [{ path: "before", message }], cause });
  }
}

/** Sort order of a list: negative when `a` comes before `b`. */
export function comparePlaces(a: PagePlace, b: PagePlace): number {
  if (a.rank !== b.rank) return b.rank - a.rank;
  if (a.id === b.id) return 0;
  return a.id > b.id ? -1 : 1;
}

/** Whether a place lies behind the cursor; everything does when there is none. */
export function isBehind(place: PagePlace, cursor: PagePlace | null): boolean {
  return cursor === null || comparePlaces(cursor, place) < 0;
}

/** Cuts a list, of which one item more than the page holds was read, into a page with its cursor. */
export function toPage<T>(found: readonly { place: PagePlace; item: T }[], limit: number) {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const next = found.length > limit && last !== undefined ? encodeCursor(last.place) : null;
  return { items: items.map(({ item }) => item), next };
}
