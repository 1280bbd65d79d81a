import type { z } from "zod";
import { AppError } from "@/lib/errors";

/** An id out of the address; what cannot be one is simply not found. */
export function parseId<T>(schema: z.ZodType<T>, value: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new AppError("not_found", "There is nothing under this id.");
  return parsed.data;
}
