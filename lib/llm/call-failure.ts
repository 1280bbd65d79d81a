import { type FaultContext, modelErrorOf, timeoutError } from "./model-error-of";
import { ProviderFault } from "./provider-fault";
import type { TimeLimit } from "./time-limit";

/** What a failed call throws: the caller's own reason, our time limit, or the fault in words. */
export function failureOf(
  error: unknown,
  { limit, caller, context }: { limit: TimeLimit; caller: AbortSignal; context: FaultContext },
): unknown {
  if (caller.aborted) return caller.reason;
  if (!(error instanceof ProviderFault)) return error;
  // A fault that came before the limit says more: it is what the last retry was waiting for.
  if (limit.expired && error.kind === "aborted") return timeoutError(context, error);
  return modelErrorOf(error, context);
}
