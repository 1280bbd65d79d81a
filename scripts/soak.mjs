// Many chats at once while servers fail: npm run test:soak -- [--minutes 30] [--chats 50] [--seed 1]
// On loopback alone, with servers of its own. Prints a table; the exit code is 1 when a limit is not kept.
import "./resolve-typescript.mjs";
import { parseArgs } from "node:util";
import { ensureTools } from "./ensure-tools.mjs";
import { requireNode } from "./require-node.mjs";

requireNode();
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    chats: { type: "string", default: "50" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const options = {
  minutes: inRange("minutes", 0.5, 240),
  chats: inRange("chats", 1, 500),
  seed: inRange("seed", 0, 2 ** 32),
};
if (process.platform !== "linux") {
  console.error("The soak reads a process's memory and files from /proc, which Linux alone has.");
  process.exit(1);
}
await ensureTools();
await import("./build.mjs");
const { runSoak } = await import("../e2e/soak/run-soak.ts");
console.log(`${options.chats} chats for ${options.minutes} minutes, seed ${options.seed}`);
const findings = await runSoak(options);
for (const { name, value, limit, isMet } of findings) {
  const mark = isMet === null ? " " : isMet ? "✓" : "✗";
  console.log(`${mark} ${name.padEnd(40)} ${value}${limit && `  (${limit})`}`);
}
process.exit(findings.some(({ isMet }) => isMet === false) ? 1 : 0);

function inRange(name, least, most) {
  const value = Number(values[name]);
  if (value >= least && value <= most) return value;
  console.error(`--${name} is a number from ${least} to ${most}.`);
  process.exit(1);
}
