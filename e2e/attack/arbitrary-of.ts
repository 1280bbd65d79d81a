import fc from "fast-check";
import { z } from "zod";

/** The parts of JSON Schema that zod writes. */
interface JsonSchema {
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  const?: unknown;
  enum?: unknown[];
  type?: string;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
}

const LONGEST = 40;
const DEEPEST = 8;

/** What a schema accepts, or nearly: what JSON Schema cannot say of it is left to chance. */
export function arbitraryOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  const root = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  return fromSchema(root, root, 0);
}

function fromSchema(schema: JsonSchema, root: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  if (depth > DEEPEST) return fc.constant(null);
  const below = (one: JsonSchema) => fromSchema(one, root, depth + 1);
  if (schema.$ref !== undefined) return below(resolve(schema.$ref, root));
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(below));
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case "string":
      return textOf(schema);
    case "integer":
      return fc.integer({ min: clamp(schema.minimum ?? -10), max: clamp(schema.maximum ?? 2 ** 31) });
    case "number":
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(below(schema.items ?? {}), { maxLength: 3 });
    case "object":
      return objectOf(schema, below);
    default:
      return schema.allOf ? fc.tuple(...schema.allOf.map(below)).map(merge) : fc.jsonValue({ maxDepth: 2 });
  }
}

function objectOf(
  { properties, required, additionalProperties }: JsonSchema,
  below: (schema: JsonSchema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  if (!properties) {
    const values = typeof additionalProperties === "object" ? below(additionalProperties) : fc.jsonValue();
    return fc.dictionary(fc.string({ maxLength: 8 }), values, { maxKeys: 3 });
  }
  const entries = Object.entries(properties).map(([name, schema]) => [name, below(schema)] as const);
  return fc.record(Object.fromEntries(entries), { requiredKeys: required ?? [] });
}

function textOf({ format, pattern, minLength = 0, maxLength = LONGEST }: JsonSchema): fc.Arbitrary<string> {
  if (format === "uuid") return fc.uuid();
  const longest = Math.max(minLength, Math.min(maxLength, LONGEST));
  const any = fc.string({ unit: "binary", minLength, maxLength: longest });
  return pattern === undefined ? any : (matching(pattern) ?? any);
}

/** Null for what fast-check cannot make: lookarounds and properties of Unicode. */
function matching(pattern: string): fc.Arbitrary<string> | null {
  try {
    return fc.stringMatching(new RegExp(pattern, "u"));
  } catch {
    return null;
  }
}

function resolve(reference: string, root: JsonSchema): JsonSchema {
  const name = reference.split("/").at(-1) ?? "";
  return reference === "#" ? root : (root.$defs?.[name] ?? {});
}

const clamp = (value: number) => Math.min(Math.max(value, -(2 ** 31)), 2 ** 31);

const merge = (parts: readonly unknown[]) => Object.assign({}, ...parts);
