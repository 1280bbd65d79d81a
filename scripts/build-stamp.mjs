import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const STAMP = ".next/sidetrace-build";
const SOURCES = ["app", "components", "lib", "messages", "public"];
const FILES = [
  "package-lock.json",
  "next.config.mjs",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "proxy.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "scripts/compile-hints.mjs",
  "scripts/first-load.mjs",
];

/** Whether the build in .next was made from the sources as they are. */
export function isBuilt() {
  return existsSync(".next/BUILD_ID") && existsSync(STAMP) && readFileSync(STAMP, "utf8") === fingerprint();
}

export function markBuilt() {
  writeFileSync(STAMP, fingerprint());
}

/** Names, sizes and contents of all that goes into the build. */
function fingerprint() {
  const hash = createHash("sha256");
  const files = [...FILES, ...SOURCES.flatMap(filesBelow)].filter(existsSync).sort();
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile() && !/\.test\.tsx?$/.test(file));
}
