// Asks the package registry for known weaknesses of the packages in package-lock.json: npm run audit
// [-- --registry <address>]. Exits with 0 when there is none of moderate severity or more, with 1 when there is,
// and with 2 when the registry cannot say: some mirrors do not.
import { spawnSync } from "node:child_process";

const args = ["audit", "--json", ...process.argv.slice(2)];
const { stdout } = spawnSync("npm", args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
const SEVERE = ["moderate", "high", "critical"];

const report = parse(stdout);
if (!report?.vulnerabilities) {
  const reason = report?.error?.summary || report?.message || "no answer";
  console.error(`The registry gave no advice (${String(reason).split("\n")[0]}).`);
  console.error("Nothing is known, good or bad: ask one that does, with --registry.");
  process.exitCode = 2;
} else {
  const found = Object.values(report.vulnerabilities).filter(({ severity }) => SEVERE.includes(severity));
  for (const { name, severity, range, fixAvailable } of found)
    console.error(`${severity}: ${name} ${range}${fixAvailable ? ", mended in a later version" : ""}`);
  console.log(
    found.length === 0 ? "No weakness of moderate severity or more is known." : `${found.length} found`,
  );
  process.exitCode = found.length > 0 ? 1 : 0;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
