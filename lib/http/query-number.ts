import { z } from "zod";

/** A whole number of a query parameter within its range; `1e1` and `0x10` are not written like one. */
export function queryInteger(min: number, max: number) {
  return z
    .string()
    .regex(/^\d+$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(min).max(max));
}

/** A cursor as a number; one beyond every stream is beyond this one as well. */
export function toCursor(digits: string): number {
  return Math.min(Number(digits), Number.MAX_SAFE_INTEGER);
}
