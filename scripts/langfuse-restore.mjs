// Puts a backup of npm run langfuse:backup in the place of what Langfuse has:
// npm run langfuse:restore -- <folder> --yes. Without --yes it only says what it would do.
import "./resolve-typescript.mjs";
import { fileURLToPath } from "node:url";
import { readRestoreArguments } from "./backup-arguments.mjs";
import { requireNode } from "./require-node.mjs";

const USAGE = "usage: npm run langfuse:restore -- <folder of a backup> --yes";
const composeFile = fileURLToPath(new URL("../docker-compose.langfuse.yml", import.meta.url));

requireNode();
const { createDockerCompose } = await import("../lib/self-hosting/docker-compose.ts");
const { findLangfuse } = await import("../lib/self-hosting/langfuse-containers.ts");
const { readBackup } = await import("../lib/self-hosting/backup-manifest.ts");
const { restoreLangfuse } = await import("../lib/self-hosting/restore-langfuse.ts");

const { folder, yes } = readRestoreArguments(USAGE);
const compose = createDockerCompose(composeFile);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => compose.interrupt());
try {
  const { made_at, parts } = await readBackup(folder);
  if (!yes) {
    const names = Object.keys(parts).join(", ");
    console.error(
      `This puts the ${names} of ${new Date(made_at).toISOString()} in the place of everything that Langfuse has now. Nothing was done: say --yes.`,
    );
    process.exit(2);
  }
  const onPart = (part) => console.error(`putting back ${part} …`);
  await restoreLangfuse(await findLangfuse(compose), folder, { now: Date.now(), onPart });
  console.log("Langfuse has what the backup holds. Check it with npm run doctor.");
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
