import type { MarkedText } from "./mark-terms";

/** Shown before a hit, so that the reader sees what it belongs to. */
const LEAD_CHARACTERS = 40;

/** The text in stretches, marked where the needle stands in any case; joined again they are the text. */
export function markHits(text: string, needle: string): MarkedText[] {
  const pattern = toPattern(needle);
  if (pattern === null) return text === "" ? [] : [{ text, marked: false }];
  return text
    .split(pattern)
    .map((part, index) => ({ text: part, marked: index % 2 === 1 }))
    .filter((part) => part.text !== "");
}

/**
 * The stretch of a text around the needle's first place, at most `length` characters on one line; null where
 * the needle is not found.
 */
export function excerptAround(text: string, needle: string, length: number): string | null {
  const hit = toPattern(needle)?.exec(text);
  if (!hit) return null;
  const start = Math.max(0, Math.min(hit.index - LEAD_CHARACTERS, text.length - length));
  const end = Math.min(text.length, start + length);
  const stretch = text.slice(start, end).toWellFormed().replace(/\s+/g, " ").trim();
  return `${start > 0 ? "…" : ""}${stretch}${end < text.length ? "…" : ""}`;
}

/** The needle itself, whatever characters it has; null when there is nothing to look for. */
function toPattern(needle: string): RegExp | null {
  if (needle === "") return null;
  return new RegExp(`(${needle.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")})`, "i");
}
