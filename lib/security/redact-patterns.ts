import { readFileSync } from "node:fs";
import { RE2JS } from "re2js";
import { z } from "zod";
import type { SecretPattern } from "./redaction-slot";

const FLAGS = { i: RE2JS.CASE_INSENSITIVE, m: RE2JS.MULTILINE, s: RE2JS.DOTALL } as const;
/** Each is looked for in every text that is kept. */
const MAX_PATTERNS = 50;
const MAX_LENGTH = 1000;

const patternSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  pattern: z.string().min(1).max(MAX_LENGTH),
  /** i: in any case; m: ^ and $ at every line; s: . is a line's end as well. */
  flags: z
    .string()
    .regex(/^[ims]*$/, "flags are i, m and s")
    .default(""),
});
type GivenPattern = z.infer<typeof patternSchema>;
const patternsSchema = z.array(patternSchema).max(MAX_PATTERNS, `at most ${MAX_PATTERNS} patterns`);

/** The patterns of a setting: JSON itself, or the path of a file of it. Throws an Error with one line. */
export function readRedactPatterns(setting: string | undefined): SecretPattern[] {
  if (setting === undefined) return [];
  return parseRedactPatterns(setting.startsWith("[") ? setting : readPatternFile(setting));
}

function readPatternFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new Error("the file cannot be read");
  }
}

/**
 * Reads `[{ "name", "pattern", "flags"? }]`. The expressions are RE2's: the time that one takes grows with the
 * text alone, whatever it is, so none can stop the server; it has neither looking around nor back references.
 * Throws an Error whose message is one line that names the pattern.
 */
export function parseRedactPatterns(json: string): SecretPattern[] {
  const parsed = patternsSchema.safeParse(parseJson(json));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.join(".") || "the list"}: ${issue?.message ?? "unreadable"}`);
  }
  const patterns = parsed.data.map(toSecretPattern);
  return patterns.length < 2 ? patterns : [together(parsed.data, patterns)];
}

/**
 * All patterns as one that looks once whether any of them is in a text, which takes about as long as one of them:
 * most texts have none.
 */
function together(given: readonly GivenPattern[], patterns: readonly SecretPattern[]): SecretPattern {
  const all = given.map(({ pattern, flags }) => `(?${flags}:${pattern})`).join("|");
  const any = tryToCompile(all);
  return {
    find(text) {
      if (any && !any.matcher(text).find()) return [];
      return patterns.flatMap((pattern) => pattern.find(text));
    },
  };
}

/** Null where they cannot be one expression: two have a group of the same name, say. */
function tryToCompile(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return null;
  }
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error('expected JSON: [{ "name": "…", "pattern": "…" }]');
  }
}

function toSecretPattern({ name, pattern, flags }: GivenPattern): SecretPattern {
  const compiled = compile(name, pattern, flags);
  if (compiled.matcher("").find()) throw new Error(`${name}: the pattern matches an empty text`);
  return {
    find(text) {
      const found: { start: number; end: number }[] = [];
      const matcher = compiled.matcher(text);
      while (matcher.find()) {
        // A boundary alone is no secret.
        if (matcher.end() > matcher.start()) found.push({ start: matcher.start(), end: matcher.end() });
      }
      return found;
    },
  };
}

function compile(name: string, pattern: string, flags: string): RE2JS {
  const bits = (["i", "m", "s"] as const).reduce(
    (sum, flag) => (flags.includes(flag) ? sum | FLAGS[flag] : sum),
    0,
  );
  try {
    return RE2JS.compile(pattern, bits);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : "unreadable";
    throw new Error(`${name}: ${reason} (patterns are RE2's: no looking around, no back references)`);
  }
}
