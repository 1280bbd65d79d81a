import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The secrets that sign cookies: those given, else one made at the first start and kept in the data
 * directory, readable by its owner only.
 */
export function sessionSecrets(given: readonly string[], dataDir: string): readonly string[] {
  if (given.length > 0) return given;
  const file = join(dataDir, "session-secret");
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(file, randomBytes(32).toString("base64url"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!isExisting(error)) throw error;
  }
  return [readFileSync(file, "utf8").trim()];
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
