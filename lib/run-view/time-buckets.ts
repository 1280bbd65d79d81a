import type { Bucket } from "@/lib/domain/insights";

const BUCKET_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const satisfies Record<
  Bucket,
  number
>;

/** Stretches that a length of time is shown in: at most about 180, and days from a week on. */
export function bucketFor(lengthMs: number): Bucket {
  if (lengthMs <= 3 * BUCKET_MS.hour) return "minute";
  return lengthMs < 7 * BUCKET_MS.day ? "hour" : "day";
}

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
