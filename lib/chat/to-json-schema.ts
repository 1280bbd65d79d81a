import { z } from "zod";

/** Keywords that servers with strict schemas refuse; the answer is checked for them afterwards. */
const REFUSED = ["minLength", "maxLength", "minimum", "maximum", "pattern"] as const;

type JsonSchema = Record<string, z.core.util.JSONType>;

/** What a model is held to: the JSON Schema of a zod schema, in the part of it that all servers know. */
export function toJsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      for (const keyword of REFUSED) delete jsonSchema[keyword];
    },
  });
  return z.record(z.string(), z.json()).parse(rest);
}
