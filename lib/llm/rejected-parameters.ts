import { ProviderFault } from "./provider-fault";

/** Parameters that make an answer better but that not every compatible server accepts. */
type OptionalParameter = "stream_options" | "response_format";

export interface RejectedParameters {
  /** Runs a call, and once more without each optional parameter that the server refused by name. */
  tolerate<T>(call: (allowed: (parameter: OptionalParameter) => boolean) => Promise<T>): Promise<T>;
}

/** Remembers for the life of the process what its server refused, so that one call in total fails. */
export function createRejectedParameters(): RejectedParameters {
  const rejected = new Set<OptionalParameter>();
  const allowed = (parameter: OptionalParameter) => !rejected.has(parameter);
  return {
    async tolerate(call) {
      for (;;) {
        const before = rejected.size;
        try {
          return await call(allowed);
        } catch (error) {
          for (const parameter of refusedIn(error)) rejected.add(parameter);
          if (rejected.size === before) throw error;
        }
      }
    },
  };
}

function refusedIn(error: unknown): OptionalParameter[] {
  if (!(error instanceof ProviderFault) || (error.status !== 400 && error.status !== 422)) return [];
  const candidates: OptionalParameter[] = ["stream_options", "response_format"];
  return candidates.filter((parameter) => error.detail.includes(parameter));
}
