import { z } from "zod";

/** Where a run's Langfuse trace is on its way; see the contract's `trace.state`. */
export const traceStateSchema = z.enum([
  "disabled",
  "sampled_out",
  "pending",
  "exported",
  "visible",
  "failed",
]);

export const traceLinkSchema = z.object({
  state: traceStateSchema,
  /** Page of the trace; null until it is visible. */
  url: z.string().nullable(),
  /** Why it failed or was not sampled. */
  reason: z.string().nullable(),
  /** Prefix to which a span id is added to link one observation. */
  observation_base: z.string().nullable(),
});
export type TraceLink = z.infer<typeof traceLinkSchema>;

export const disabledTraceLink: TraceLink = {
  state: "disabled",
  url: null,
  reason: null,
  observation_base: null,
};
