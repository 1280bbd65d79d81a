import type { z } from "zod";
import { AppError } from "@/lib/errors";

type Json = z.infer<ReturnType<typeof z.json>>;

/** How long texts and lists may be, the most generous first. */
const STEPS = [
  { text: 20_000, list: 1_000 },
  { text: 4_000, list: 200 },
  { text: 1_000, list: 100 },
  { text: 300, list: 50 },
  { text: 100, list: 20 },
] as const;

/**
 * A value as JSON of at most `limit` characters: as it is where it fits, else with long texts and lists cut,
 * each cut said in its place. Throws `invalid_request` when even that is too long: then too much was asked for.
 */
export function fitJson(value: Json, limit: number): string {
  const whole = JSON.stringify(value);
  if (whole.length <= limit) return whole;
  for (const { text, list } of STEPS) {
    const cut = JSON.stringify(cutJson(value, text, list));
    if (cut.length <= limit) return cut;
  }
  throw new AppError("invalid_request", "The answer would be too long. Ask for less.");
}

function cutJson(value: Json, text: number, list: number): Json {
  if (typeof value === "string") return cutText(value, text);
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, cutJson(entry, text, list)]));
  }
  const kept = value.slice(0, list).map((entry) => cutJson(entry, text, list));
  return value.length > list ? [...kept, `… ${value.length - list} more entries`] : kept;
}

function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most).toWellFormed()}… ${text.length - most} more characters`;
}
