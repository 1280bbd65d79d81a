import { randomBytes } from "node:crypto";
import { chmod, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { parseEnv } from "node:util";

const OWNER_ONLY = 0o600;

/** The text of a file of settings; empty when there is none. */
export async function readEnvFile(path: string): Promise<string> {
  return readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  });
}

/** The settings of such a text, as Node reads them. */
export function parseEnvText(text: string): Record<string, string | undefined> {
  return parseEnv(text);
}

/**
 * Adds settings at the end of a text, below the comment, and takes away lines that gave them no value. No other
 * line changes.
 */
export function addToEnvText(
  text: string,
  settings: Readonly<Record<string, string>>,
  comment: string,
): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  if (lines.length === 0) return text;
  const isEmptied = (line: string) => {
    const [, name] = /^\s*(?:export\s+)?(\w+)\s*=\s*(?:""|'')?\s*$/.exec(line) ?? [];
    return name !== undefined && Object.hasOwn(settings, name);
  };
  const kept = text.split("\n").filter((line) => !isEmptied(line));
  const above = kept.join("\n").trimEnd();
  return `${above === "" ? "" : `${above}\n\n`}# ${comment}\n${lines.join("\n")}\n`;
}

/** Writes the file whole or not at all, readable by its owner alone. A link stays a link. */
export async function writeEnvFile(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const draft = `${target}.${randomBytes(4).toString("hex")}`;
  try {
    await writeFile(draft, text, { mode: OWNER_ONLY, flag: "wx" });
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Takes the file from everybody but its owner. */
export async function protectEnvFile(path: string): Promise<void> {
  await chmod(path, OWNER_ONLY);
}
