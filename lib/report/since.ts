import { z } from "zod";

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const MAX_DAYS = 400;

/** A length of time as people write it, "30m", "24h", "7d" or "4w", in ms. */
export const sinceSchema = z
  .string()
  .regex(/^\d{1,5}[mhdw]$/, "must be a number and m, h, d or w, like 7d")
  .transform((text) => Number.parseInt(text, 10) * UNIT_MS[z.enum(["m", "h", "d", "w"]).parse(text.at(-1))])
  .refine(
    (ms) => ms > 0 && ms <= MAX_DAYS * UNIT_MS.d,
    `must be more than nothing and at most ${MAX_DAYS} days`,
  );
