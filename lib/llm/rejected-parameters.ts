import { ProviderFault } from "./provider-fault";

/** Parameters that make an answer better but that not every compatible server or model accepts. */
type OptionalParameter = "stream_options" | "json_schema" | "response_format" | "temperature";

export interface RejectedParameters {
  /**
   * Runs a call, and once more without each of its optional parameters that the server refused by name, the
   * first of them first.
   */
  tolerate<T>(
    optional: readonly OptionalParameter[],
    call: (allowed: (parameter: OptionalParameter) => boolean) => Promise<T>,
  ): Promise<T>;
}

/** Remembers for the life of the process what its server refused, so that one call in total fails. */
export function createRejectedParameters(): RejectedParameters {
  const rejected = new Set<OptionalParameter>();
  const allowed = (parameter: OptionalParameter) => !rejected.has(parameter);
  return {
    async tolerate(optional, call) {
      for (;;) {
        try {
          return await call(allowed);
        } catch (error) {
          const refused = optional.filter(allowed).find((parameter) => isRefused(parameter, error));
          if (!refused) throw error;
          rejected.add(refused);
        }
      }
    },
  };
}

/** A schema goes inside of `response_format`, and some servers name that when they mean the schema. */
function isRefused(parameter: OptionalParameter, error: unknown): boolean {
  if (!(error instanceof ProviderFault) || (error.status !== 400 && error.status !== 422)) return false;
  const names = parameter === "json_schema" ? ["json_schema", "response_format"] : [parameter];
  return names.some((name) => error.detail.includes(name));
}
