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

/** What the reason says of a run that will not be sent any more. */
export function givenUpReason(reason: string, tries: number): string {
  return tries > 1 ? `${reason}${GIVEN_UP} after ${tries} tries` : `${reason}${GIVEN_UP}`;
}

/** Whether nothing of the run waits to be sent again. */
export function isGivenUp({ state, reason }: TraceLink): boolean {
  return state === "failed" && reason !== null && reason.includes(GIVEN_UP);
}

const GIVEN_UP = "; given up";

export const disabledTraceLink: TraceLink = {
  state: "disabled",
  url: null,
  reason: null,
  observation_base: null,
};
