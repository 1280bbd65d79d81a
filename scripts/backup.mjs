// Takes conversations, the index and the secret that signs cookies into a new folder, while the server runs:
// npm run backup [-- <folder>]. Without a folder: backups/sidetrace-<time>.
import "./resolve-typescript.mjs";
import { existsSync } from "node:fs";
import { describeBackup, readNewFolder } from "./backup-arguments.mjs";
import { requireNode } from "./require-node.mjs";

const USAGE = "usage: npm run backup [-- <folder that is not there yet>]";

requireNode();
if (existsSync(".env")) process.loadEnvFile(".env");
const { readSettings } = await import("../lib/env.ts");
const { openInstallation } = await import("../lib/data-life/open-installation.ts");
const { backUp } = await import("../lib/data-life/back-up.ts");

const folder = readNewFolder("sidetrace", USAGE);
try {
  const installation = await openInstallation(readSettings());
  try {
    const { files, index } = await backUp(folder, installation);
    console.log(
      `${describeBackup(folder, files)} It holds what people wrote, and the secret of their cookies: keep it as safe as DATA_DIR.`,
    );
    if (!index) console.log("The index is at INDEX_URI and is not in it: copy that bucket too.");
  } finally {
    installation.close();
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
