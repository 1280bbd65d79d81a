/** A value as JSON knows it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * A value as text for Langfuse: prose stays prose, everything else is JSON, null is nothing. A string that
 * would read as JSON (or would not survive UTF-8) is quoted, so that `fromText` always gives back the same.
 */
export function toText(value: Json): string | null {
  if (value === null) return null;
  return typeof value === "string" && isProse(value) ? value : JSON.stringify(value);
}

/** Inverse of `toText`. */
export function fromText(text: string | null): Json {
  return text === null ? null : (parseJson(text) ?? { value: text }).value;
}

/** Parses JSON; null when the text is none. */
export function parseJson(text: string): { value: Json } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

function isProse(text: string): boolean {
  return text !== "" && text.isWellFormed() && parseJson(text) === null;
}
