import leven from "leven";
import { type Finding, ok, warn } from "./finding";

/** Names that differ by no more letters than this are taken for a slip of the fingers. */
const SLIP = 2;

export interface NamesGiven {
  /** Names of the whole environment. */
  environment: readonly string[];
  /** Those that the file of settings has; nobody but us reads it, so that each should be known. */
  file: readonly string[];
  /** Names that Sidetrace or its Compose file reads. */
  known: readonly string[];
}

/** Settings that nobody reads: misspelt ones, and those of Langfuse that Sidetrace does not have. */
export function checkEnvironment({ environment, file, known }: NamesGiven): Finding[] {
  const unknown = [...new Set([...file, ...environment.filter((name) => name.startsWith("LANGFUSE_"))])]
    .filter((name) => !known.includes(name))
    .map((name) => ({ name, meant: nearest(name, known) }))
    .filter(({ name, meant }) => meant !== null || name.startsWith("LANGFUSE_"));
  if (unknown.length === 0) return [ok("environment", "every setting is known and well-formed")];
  return unknown.map(({ name, meant }) =>
    warn(
      "environment",
      `${name} is not a setting of Sidetrace${meant === null ? "" : `; ${meant} is`}`,
      meant === null ? "remove it, or see the settings table in README.md" : `rename it to ${meant}`,
    ),
  );
}

function nearest(name: string, known: readonly string[]): string | null {
  const [best] = known
    .map((other) => ({ other, distance: leven(name, other) }))
    // Two slips in a name of four letters make any other word.
    .filter(({ other, distance }) => distance <= Math.min(SLIP, other.length / 4))
    .toSorted((a, b) => a.distance - b.distance);
  return best?.other ?? null;
}

/** Names of the variables in the text of a Compose file: those it puts in, and those it hands on. */
export function composeVariables(text: string): string[] {
  const put = [...text.matchAll(/\$\{([A-Z_][A-Z0-9_]*)/g)];
  const handedOn = [...text.matchAll(/^\s+([A-Z_][A-Z0-9_]*):\s*$/gm)];
  return [...new Set([...put, ...handedOn].flatMap(([, name]) => (name ? [name] : [])))];
}
