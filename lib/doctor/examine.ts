import type { Clock } from "@/lib/domain/clock";
import { parseSettings, type Settings, SettingsError, settingNames } from "@/lib/env";
import { checkEnvironment, composeVariables } from "./check-environment";
import { checkIndex } from "./check-index";
import { checkLangfuse } from "./check-langfuse";
import { checkModels } from "./check-models";
import { checkPorts } from "./check-ports";
import { checkRedis } from "./check-redis";
import { type CheckName, type Finding, fail, ok } from "./finding";

/** Read by Compose itself, by the object storage's clients, by Node or by this command. */
const FOREIGN = [
  "COMPOSE_PROFILES",
  "COMPOSE_PROJECT_NAME",
  "CLICKHOUSE_URL",
  "NODE_ENV",
  "NODE_OPTIONS",
  "TZ",
];
const APPEAR_MS = 30_000;
const POLL_MS = 500;

export interface Patient {
  nodeVersion: string;
  /** The whole environment, the file of settings included. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Names in the file of settings. */
  fileNames: readonly string[];
  /** Text of docker-compose.langfuse.yml; empty when it is not there. */
  composeText: string;
  clock: Clock;
  limits?: { appearMs: number; pollMs: number };
}

/**
 * Looks at everything that Sidetrace works with, at once, and yields what it finds in the order of the report.
 * Changes nothing: the trace that Langfuse gets and the key that Redis gets are deleted again.
 */
export async function* examine(patient: Patient): AsyncGenerator<Finding, void> {
  yield ok("node", patient.nodeVersion);
  const settings = readSettings(patient.environment);
  if (!("PORT" in settings)) {
    yield settings;
    return;
  }
  const running = [
    attempt("ports", () => checkPorts(settings)),
    attempt("environment", async () => checkEnvironment(namesOf(patient))),
    attempt("redis", () => checkRedis(settings.REDIS_URL)),
    attempt("index", () => checkIndex(settings)),
    attempt("model", () => checkModels(settings)),
    attempt("langfuse", () => checkLangfuse(settings, langfuseOptions(patient))),
  ];
  for (const findings of running) yield* await findings;
}

/** What stops the start stops the examination too: nothing else could be told from it. */
function readSettings(environment: Patient["environment"]): Settings | Finding {
  try {
    return parseSettings(environment);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return fail("environment", error.message, "correct or remove it; Sidetrace does not start with it");
  }
}

function namesOf({ environment, fileNames, composeText }: Patient) {
  const known = [...settingNames, ...composeVariables(composeText), ...FOREIGN];
  return { environment: Object.keys(environment), file: fileNames, known };
}

function langfuseOptions({ environment, clock, limits }: Patient) {
  return {
    clock,
    clickhouseUrl: environment.CLICKHOUSE_URL || null,
    appearMs: limits?.appearMs ?? APPEAR_MS,
    pollMs: limits?.pollMs ?? POLL_MS,
  };
}

/** A check that breaks says so, and the others go on. */
async function attempt(check: CheckName, look: () => Promise<Finding | Finding[]>): Promise<Finding[]> {
  try {
    return [await look()].flat();
  } catch {
    return [fail(check, "this could not be looked at", "start Sidetrace and read /api/ready")];
  }
}
