import { z } from "zod";
import { parseJson } from "./json-text";

/** An observation as Langfuse's read APIs give it back; what else they say is left aside. */
export const keptObservationSchema = z.object({
  id: z.string(),
  traceId: z.string().nullish(),
  parentObservationId: z.string().nullish(),
  name: z.string().nullish(),
  startTime: z.string(),
  sessionId: z.string().nullish(),
  input: z.unknown().optional(),
  output: z.unknown().optional(),
  metadata: z.unknown().optional(),
});
type KeptObservation = z.infer<typeof keptObservationSchema>;

/**
 * Version 4 gives inputs and outputs back as they were sent. Version 3 gives JSON texts back as their
 * values: there a text that is itself JSON between quotes has lost these.
 */
export type TextStyle = "raw" | "parsed";

/** An observation in the words of `fromSpans`. */
export function toOwnObservation(kept: KeptObservation, style: TextStyle) {
  return {
    id: kept.id,
    name: kept.name ?? "",
    input: asText(kept.input, style),
    output: asText(kept.output, style),
    metadata: readMetadata(kept.metadata),
  };
}

function asText(value: unknown, style: TextStyle): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== "string") return JSON.stringify(value);
  return style === "parsed" && parseJson(value) ? JSON.stringify(value) : value;
}

/** Its values are objects again, or still the texts that were sent, depending on the server's version. */
function readMetadata(metadata: unknown): Record<string, string> {
  const object = typeof metadata === "string" ? parseJson(metadata)?.value : metadata;
  if (typeof object !== "object" || object === null) return {};
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}
