// Writes a bill of materials in CycloneDX's format, and checks it against package-lock.json:
// npm run sbom [-- <file>]. Without a file: sbom.cdx.json.
import "./resolve-typescript.mjs";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { requireNode } from "./require-node.mjs";

requireNode();
const { readLockfile } = await import("../lib/supply-chain/lockfile.ts");
const { checkBom } = await import("../lib/supply-chain/sbom.ts");

const file = process.argv[2] ?? "sbom.cdx.json";
const args = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"];
const { stdout, stderr, status } = spawnSync("npm", args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
try {
  if (status !== 0) throw new Error(stderr.trim() || "npm sbom failed.");
  const count = checkBom(stdout, readLockfile("package-lock.json"));
  writeFileSync(file, stdout);
  console.log(`${file}: ${count} packages`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
