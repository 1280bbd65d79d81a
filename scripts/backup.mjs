// Takes conversations, the index and the secret that signs cookies into a new folder, while the server runs:
// npm run backup [-- <folder>]. Without a folder: backups/sidetrace-<time>.
import "./resolve-typescript.mjs";
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { requireNode } from "./require-node.mjs";

const USAGE = "usage: npm run backup [-- <folder that is not there yet>]";

requireNode();
if (existsSync(".env")) process.loadEnvFile(".env");
const { readSettings } = await import("../lib/env.ts");
const { openInstallation } = await import("../lib/data-life/open-installation.ts");
const { backUp } = await import("../lib/data-life/back-up.ts");

const folder = readFolder();
try {
  const installation = await openInstallation(readSettings());
  try {
    const { files, index } = await backUp(folder, installation);
    const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
    console.log(
      `${join(basename(dirname(folder)), basename(folder))}: ${(bytes / 2 ** 20).toFixed(1)} MiB. It holds what people wrote, and the secret of their cookies: keep it as safe as DATA_DIR.`,
    );
    if (!index) console.log("The index is at INDEX_URI and is not in it: copy that bucket too.");
  } finally {
    installation.close();
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

function readFolder() {
  try {
    const { positionals } = parseArgs({ allowPositionals: true });
    if (positionals.length > 1) throw new Error("one folder");
    return (
      positionals[0] ??
      join("backups", `sidetrace-${new Date().toISOString().replaceAll(":", "-").slice(0, 19)}`)
    );
  } catch {
    console.error(USAGE);
    return process.exit(2);
  }
}
