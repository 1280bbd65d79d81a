import { readFileSync } from "node:fs";
import { join } from "node:path";
import packageJson from "@/package.json" with { type: "json" };

/** Written by `scripts/build-commit.mjs`: nothing asks git while the app runs. */
const COMMIT_FILE = ".next/sidetrace-commit";

/** What runs here: `0.1.0+1a2b3c4d5e6f`, or the version alone where the build knew of no commit. */
export function readRelease(folder = process.cwd()): string {
  const commit = readCommit(join(folder, COMMIT_FILE));
  return commit === null ? packageJson.version : `${packageJson.version}+${commit}`;
}

function readCommit(path: string): string | null {
  try {
    return /^[0-9a-f]{7,40}$/.exec(readFileSync(path, "utf8").trim())?.[0] ?? null;
  } catch {
    return null;
  }
}
