import type { z } from "zod";

type Json = z.infer<ReturnType<typeof z.json>>;

/** What a cut text ends with. */
const ELLIPSIS = "…";
/** Quotes, colon and comma, roughly. */
const ENTRY_CHARACTERS = 4;
/** How far back a cut looks for the end of a word: a secret that is cut in half could not be told from a word. */
const LONGEST_WORD = 256;

/** About the characters of a value's JSON, counted no further than needed to know that they are more than `most`. */
export function jsonSize(value: Json, most = Number.POSITIVE_INFINITY): number {
  if (typeof value === "string") return value.length;
  if (value === null || typeof value !== "object") return ENTRY_CHARACTERS;
  let size = ENTRY_CHARACTERS;
  for (const [key, entry] of entriesOf(value)) {
    size += key.length + ENTRY_CHARACTERS + jsonSize(entry, most - size);
    if (size > most) return size;
  }
  return size;
}

/** The beginning of a value in about `most` characters: the end of lists is left out, texts are cut. */
export function capJson(value: Json, most: number): Json {
  const room = { left: most };
  return take(value, room);
}

function take(value: Json, room: { left: number }): Json {
  if (typeof value === "string") return takeText(value, room);
  room.left -= ENTRY_CHARACTERS;
  if (value === null || typeof value !== "object") return value;
  return Array.isArray(value) ? takeEntries(value, room) : takeFields(value, room);
}

/** The first entries of a list. */
function takeEntries(list: readonly Json[], room: { left: number }): Json[] {
  const taken: Json[] = [];
  for (const entry of list) {
    room.left -= ENTRY_CHARACTERS;
    if (room.left <= 0) break;
    taken.push(take(entry, room));
  }
  return taken;
}

/** The small fields of an object whole, in favour of which the large ones are cut; in their own order. */
function takeFields(fields: Record<string, Json>, room: { left: number }): Json {
  const sized = Object.entries(fields).map(([key, field]) => ({
    key,
    field,
    size: jsonSize(field, room.left),
  }));
  const taken = new Map<string, Json>();
  for (const { key, field } of sized.toSorted((a, b) => a.size - b.size)) {
    room.left -= key.length + ENTRY_CHARACTERS;
    if (room.left <= 0) break;
    taken.set(key, take(field, room));
  }
  return Object.fromEntries(
    sized.flatMap(({ key }) => (taken.has(key) ? [[key, taken.get(key) ?? null]] : [])),
  );
}

function takeText(text: string, room: { left: number }): string {
  const capped = capText(text, Math.max(0, room.left));
  room.left -= capped.length;
  return capped;
}

/** The beginning of a text, up to the end of a word where there is one near. */
export function capText(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = text.slice(0, most);
  const gap = head.slice(-LONGEST_WORD).search(/\s\S*$/u);
  const end = gap < 0 ? most : most - Math.min(LONGEST_WORD, most) + gap;
  const cut = head.slice(0, end);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}${ELLIPSIS}`;
}

/** Of a list without keys: an index costs nothing. */
function entriesOf(value: Extract<Json, object>): [string, Json][] {
  return Array.isArray(value) ? value.map((entry) => ["", entry]) : Object.entries(value);
}
