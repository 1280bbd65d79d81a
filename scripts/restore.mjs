// Puts a backup of npm run backup in the place of what this installation has: npm run restore -- <folder> [--yes].
// Only an installation that has something asks for --yes. No server may run meanwhile.
import "./resolve-typescript.mjs";
import { existsSync } from "node:fs";
import { readRestoreArguments } from "./backup-arguments.mjs";
import { requireNode } from "./require-node.mjs";

const USAGE = "usage: npm run restore -- <folder of a backup> [--yes]";

requireNode();
if (existsSync(".env")) process.loadEnvFile(".env");
const { readSettings } = await import("../lib/env.ts");
const { openInstallation, refuseRunningServer } = await import("../lib/data-life/open-installation.ts");
const { readBackup } = await import("../lib/data-life/backup-manifest.ts");
const { findReplaced, restore } = await import("../lib/data-life/restore.ts");

const { folder, yes } = readRestoreArguments(USAGE);
try {
  process.exitCode = await run(readSettings());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function run(settings) {
  const manifest = await readBackup(folder);
  await refuseRunningServer(settings, "it has the files open that a restore replaces.");
  const installation = await openInstallation(settings);
  try {
    const replaced = await findReplaced(installation);
    if (replaced.length > 0 && !yes) {
      console.error(
        `This replaces ${replaced.join(" and ")} by those of ${new Date(manifest.made_at).toISOString()}. Nothing was done: say --yes.`,
      );
      return 2;
    }
    await restore(folder, manifest, installation);
    console.log(
      "Conversations and index are as they were. Start the server, and check it with npm run doctor.",
    );
    return 0;
  } finally {
    installation.close();
  }
}
