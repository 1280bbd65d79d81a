import { z } from "zod";
import { AppError } from "@/lib/errors";

/** Version of every object that the stores keep. A change of a shape raises it and adds a migration below. */
const AT_REST_VERSION = 1;

const versionedSchema = z.object({ v: z.number() });

/** JSON of an object as it is kept, with its version. */
export function encodeAtRest(value: object): string {
  return JSON.stringify({ v: AT_REST_VERSION, ...value });
}

/**
 * Reads what `encodeAtRest` wrote. Throws `conflict` for an object of a later version and a ZodError for one
 * that is damaged.
 */
export function decodeAtRest<T>(schema: z.core.$ZodType<T>, text: string): T {
  const value: unknown = JSON.parse(text);
  refuseLaterVersion(value);
  return z.parse(schema, value);
}

/** Throws `conflict` when the object was written by a version that knows more than this one. */
export function refuseLaterVersion(value: unknown): void {
  const versioned = versionedSchema.safeParse(value);
  if (!versioned.success || versioned.data.v <= AT_REST_VERSION) return;
  throw new AppError(
    "conflict",
    "This was made by a later version of Sidetrace; update this server to read it.",
  );
}
