import { z } from "zod";
import type { Bucket } from "@/lib/domain/insights";

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

/** Stretches that a length of time is shown in: at most about 180. */
export function bucketFor(lengthMs: number): Bucket {
  if (lengthMs <= 3 * UNIT_MS.h) return "minute";
  return lengthMs <= 7 * UNIT_MS.d ? "hour" : "day";
}

const BUCKET_MS = { minute: UNIT_MS.m, hour: UNIT_MS.h, day: UNIT_MS.d } as const satisfies Record<
  Bucket,
  number
>;

/** The beginning of the stretch that an instant lies in, in UTC. */
export function bucketStart(at: number, bucket: Bucket): number {
  return Math.floor(at / BUCKET_MS[bucket]) * BUCKET_MS[bucket];
}

/** Beginnings of all stretches from one instant to another, for a drawing without holes. */
export function bucketStarts(from: number, to: number, bucket: Bucket): number[] {
  const first = bucketStart(from, bucket);
  const length = Math.max(0, Math.ceil((to - first) / BUCKET_MS[bucket]));
  return Array.from({ length }, (_, n) => first + n * BUCKET_MS[bucket]);
}
