// The whole test: gates, unit and contract suites, a production build, and on it the browser and attack suites.
import { spawnSync } from "node:child_process";
import { ensureTools } from "./ensure-tools.mjs";
import { requireNode } from "./require-node.mjs";

const steps = [
  ["types, lint, imports, dead code, sizes", ["run", "check"]],
  ["unit and contract suites", ["run", "test:unit"]],
  ["faults of servers, process and machine", ["run", "test:faults"]],
  ["end to end in Chromium", ["run", "test:e2e"]],
  ["attacks", ["run", "test:attack"]],
];

requireNode();
await ensureTools();
for (const [name, args] of steps) {
  const started = Date.now();
  console.log(`\n▶ ${name}`);
  const { status } = spawnSync("npm", args, { stdio: "inherit" });
  if (status !== 0) {
    console.error(`\n✗ ${name} failed`);
    process.exit(status ?? 1);
  }
  console.log(`✓ ${name} in ${Math.round((Date.now() - started) / 1000)} s`);
}
