// Lists all packages with their licences in THIRD-PARTY.md, out of package-lock.json: npm run licences
// Fails for a licence that is not on the list in lib/supply-chain/licences.ts.
import "./resolve-typescript.mjs";
import { writeFileSync } from "node:fs";
import { requireNode } from "./require-node.mjs";

requireNode();
const { readLockfile } = await import("../lib/supply-chain/lockfile.ts");
const { findForbidden, formatLicences } = await import("../lib/supply-chain/licences.ts");

const packages = readLockfile("package-lock.json");
writeFileSync("THIRD-PARTY.md", formatLicences(packages));
console.log(`THIRD-PARTY.md: ${packages.length} packages`);
for (const line of findForbidden(packages)) {
  console.error(line);
  process.exitCode = 1;
}
