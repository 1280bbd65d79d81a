// Writes what the last `npm run test:faults` saw into the handbook: npm run docs:faults
import "./resolve-typescript.mjs";
import { readFileSync, writeFileSync } from "node:fs";

const { faultGroups } = await import("../e2e/faults/fault-groups.ts");
const { faultTable, withTables } = await import("../e2e/faults/fault-table.ts");

const results = faultGroups.map(({ id }) => readResults(id));
for (const language of ["en", "zh"]) {
  const path = `docs/${language}/faults.md`;
  const tables = faultGroups.map((group, index) => faultTable(group, results[index], language));
  writeFileSync(path, withTables(readFileSync(path, "utf8"), faultGroups, tables));
}

function readResults(id) {
  try {
    return JSON.parse(readFileSync(`test-results/faults/${id}.json`, "utf8"));
  } catch {
    console.error(`There are no results of the group "${id}": run \`npm run test:faults\` first.`);
    process.exit(1);
  }
}
