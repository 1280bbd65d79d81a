// Checks the directions of imports. A cruise that sees no module would pass silently, so that fails too.
import { cruise } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import config from "../.dependency-cruiser.mjs";

const { forbidden, options } = config;
const { output } = await cruise(
  ["app", "components", "lib", "instrumentation.ts", "proxy.ts"],
  { ...options, ruleSet: { forbidden }, validate: true },
  undefined,
  { tsConfig: extractTSConfig("tsconfig.json") },
);
const { totalCruised, violations } = output.summary;
if (totalCruised < 50) {
  console.error(`Only ${totalCruised} modules were seen: the check itself is broken.`);
  process.exit(1);
}
for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} → ${to}`);
console.log(`${totalCruised} modules, ${violations.length} wrong imports`);
process.exit(violations.length > 0 ? 1 : 0);
