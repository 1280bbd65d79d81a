// Takes what Langfuse keeps (PostgreSQL, ClickHouse, the bucket) into a new folder while it runs:
// npm run langfuse:backup [-- <folder>]. Without a folder: backups/langfuse-<time>.
import "./resolve-typescript.mjs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { requireNode } from "./require-node.mjs";

const USAGE = "usage: npm run langfuse:backup [-- <folder that is not there yet>]";
const composeFile = fileURLToPath(new URL("../docker-compose.langfuse.yml", import.meta.url));

requireNode();
const { createDockerCompose } = await import("../lib/self-hosting/docker-compose.ts");
const { findLangfuse } = await import("../lib/self-hosting/langfuse-containers.ts");
const { backUpLangfuse } = await import("../lib/self-hosting/back-up-langfuse.ts");

const now = Date.now();
const folder = readFolder();
const compose = createDockerCompose(composeFile);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => compose.interrupt());
try {
  const containers = await findLangfuse(compose);
  const onPart = (part) => console.error(`taking ${part} …`);
  const { parts } = await backUpLangfuse(containers, folder, { now, onPart });
  const bytes = Object.values(parts).reduce((sum, part) => sum + part.bytes, 0);
  console.log(
    `${join(basename(dirname(folder)), basename(folder))}: ${(bytes / 2 ** 20).toFixed(1)} MiB. Keep .env with it: its secrets open the data.`,
  );
  if (!parts.postgres)
    console.log("PostgreSQL is the host's and is not in it: back up its database langfuse too.");
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
      join("backups", `langfuse-${new Date(now).toISOString().replaceAll(":", "-").slice(0, 19)}`)
    );
  } catch {
    console.error(USAGE);
    return process.exit(2);
  }
}
