// Says what is wrong with this installation and what to do: npm run doctor [-- --json]. Reads the settings as the
// server does, needs none that runs, and ends with 1 when something does not work.
import "./resolve-typescript.mjs";
import { existsSync, readFileSync } from "node:fs";
import { parseArgs, parseEnv } from "node:util";
import { requireNode } from "./require-node.mjs";

const USAGE = "usage: npm run doctor [-- --json]";
const ENV_FILE = ".env";
const composeFile = new URL("../docker-compose.langfuse.yml", import.meta.url);

requireNode();
const json = readArguments();
const fileNames = existsSync(ENV_FILE) ? Object.keys(parseEnv(readFileSync(ENV_FILE, "utf8"))) : [];
if (existsSync(ENV_FILE)) process.loadEnvFile(ENV_FILE);
const { systemClock } = await import("../lib/domain/clock.ts");
const { examine } = await import("../lib/doctor/examine.ts");
const { formatFinding } = await import("../lib/doctor/format-finding.ts");

const findings = [];
const examination = examine({
  nodeVersion: process.versions.node,
  environment: process.env,
  fileNames,
  composeText: existsSync(composeFile) ? readFileSync(composeFile, "utf8") : "",
  clock: systemClock,
});
for await (const finding of examination) {
  findings.push(finding);
  if (!json) console.log(formatFinding(finding));
}
const works = findings.every(({ state }) => state !== "fail");
if (json) console.log(JSON.stringify({ ok: works, findings }, null, 2));
// The index engine and the connections of models would keep the process for a while.
process.exit(works ? 0 : 1);

function readArguments() {
  try {
    return parseArgs({ options: { json: { type: "boolean", default: false } } }).values.json;
  } catch {
    console.error(USAGE);
    return process.exit(2);
  }
}
