import { z } from "zod";

/** Where the finished runs are; each is in one of them. */
export const traceCountsSchema = z.object({
  /** Langfuse took them; since this process started. */
  exported: z.number().int().nonnegative(),
  /** Gave up on one try after the other for now, kept to be sent again; in all processes. */
  failed: z.number().int().nonnegative(),
  /** On their way; in all processes. */
  pending: z.number().int().nonnegative(),
  /** Will never be sent: no room, too many tries, too old, deleted; since this process started. */
  dropped: z.number().int().nonnegative(),
});
export type TraceCounts = z.infer<typeof traceCountsSchema>;
