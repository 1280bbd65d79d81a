// Takes what Langfuse keeps (PostgreSQL, ClickHouse, the bucket) into a new folder while it runs:
// npm run langfuse:backup [-- <folder>]. Without a folder: backups/langfuse-<time>.
import "./resolve-typescript.mjs";
import { fileURLToPath } from "node:url";
import { describeBackup, readNewFolder } from "./backup-arguments.mjs";
import { requireNode } from "./require-node.mjs";

const USAGE = "usage: npm run langfuse:backup [-- <folder that is not there yet>]";
const composeFile = fileURLToPath(new URL("../docker-compose.langfuse.yml", import.meta.url));

requireNode();
const { createDockerCompose } = await import("../lib/self-hosting/docker-compose.ts");
const { findLangfuse } = await import("../lib/self-hosting/langfuse-containers.ts");
const { backUpLangfuse } = await import("../lib/self-hosting/back-up-langfuse.ts");

const folder = readNewFolder("langfuse", USAGE);
const compose = createDockerCompose(composeFile);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => compose.interrupt());
try {
  const containers = await findLangfuse(compose);
  const onPart = (part) => console.error(`taking ${part} …`);
  const { parts } = await backUpLangfuse(containers, folder, { now: Date.now(), onPart });
  console.log(`${describeBackup(folder, parts)} Keep .env with it: its secrets open the data.`);
  if (!parts.postgres)
    console.log("PostgreSQL is the host's and is not in it: back up its database langfuse too.");
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
