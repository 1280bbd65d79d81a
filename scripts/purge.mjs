// Deletes all data of a browser, a conversation or a document, and reads every store again to prove it:
// npm run purge -- --user <browser id> | --session <id> | --document <knowledge base>/<document id> [--dry-run]
// Exits with 0 when nothing is left (or for a dry run), 1 when something is, 2 for wrong arguments.
import "./resolve-typescript.mjs";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { requireNode } from "./require-node.mjs";

const USAGE =
  "usage: npm run purge -- --user <browser id> | --session <id> | --document <knowledge base>/<document id> [--dry-run]";

requireNode();
if (existsSync(".env")) process.loadEnvFile(".env");
// Its own lines take the place of the log's.
process.env.LOG_LEVEL = "silent";

const { readSettings } = await import("../lib/env.ts");
const { subjectSchema } = await import("../lib/data-life/subject.ts");
const { connect, refuseRunningServer } = await import("../lib/data-life/open-installation.ts");
const { subject, dryRun } = readArguments();
try {
  process.exitCode = await run(readSettings());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function run(settings) {
  if (!dryRun)
    await refuseRunningServer(
      settings,
      "it writes to the index, and keeps data in its memory, which goes with it.",
    );
  const { openLangfuse } = await import("../lib/observability/open-langfuse.ts");
  const { systemClock } = await import("../lib/domain/clock.ts");
  const { getRuntime } = await import("../lib/runtime.ts");
  const { langfuseServer } = await import("../lib/open-parts.ts");
  const server = langfuseServer(settings, systemClock, console);
  const langfuse = openLangfuse({ ...server, release: "", promptLabel: null });
  // This process sends nothing that it finds waiting.
  process.env.LANGFUSE_ENABLED = "false";
  const redis = await connect(settings);
  const runtime = await getRuntime();
  try {
    // Nor does it take documents in.
    await runtime.ingest.stop();
    return await purgeAll(runtime, redis, langfuse?.eraser ?? null);
  } finally {
    await runtime.shutDown();
    redis?.close();
  }
}

async function purgeAll(runtime, redis, eraser) {
  const { openPlaces } = await import("../lib/data-life/open-places.ts");
  const { resolveScope } = await import("../lib/data-life/resolve-scope.ts");
  const { purge } = await import("../lib/data-life/purge.ts");
  const { formatPurge } = await import("../lib/data-life/format-purge.ts");
  const { createDiscardExports } = await import("../lib/store/discard-exports.ts");
  const discardExports = redis && createDiscardExports(redis, runtime.clock);
  const discard = async (requestId) => discardExports?.(requestId);
  const { places, cited } = openPlaces({
    ...runtime,
    dataDir: runtime.settings.DATA_DIR,
    redis,
    eraser,
    discard,
  });
  const scope = await resolveScope(subject, { ...runtime, cited });
  const report = await purge(places, scope, { dryRun });
  console.log(formatPurge(report, { dryRun }));
  return dryRun || report.complete ? 0 : 1;
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        user: { type: "string" },
        session: { type: "string" },
        document: { type: "string" },
        "dry-run": { type: "boolean", default: false },
      },
    });
    const { "dry-run": dryRun, ...given } = values;
    const parsed = subjectSchema.safeParse(given);
    if (!parsed.success) throw new Error("Say one of --user, --session and --document, each with its id.");
    return { subject: parsed.data, dryRun };
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    return process.exit(2);
  }
}
