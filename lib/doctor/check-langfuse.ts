import type { Clock } from "@/lib/domain/clock";
import type { Settings } from "@/lib/env";
import { createLangfuseApi, type LangfuseApi } from "@/lib/observability/langfuse-api";
import { checkClickhouse } from "./check-clickhouse";
import { checkLangfuseKeys } from "./check-langfuse-keys";
import { checkLangfuseServer } from "./check-langfuse-server";
import { checkLangfuseWorker } from "./check-langfuse-worker";
import { type Finding, fail, ok, warn } from "./finding";

type LangfuseSettings = Pick<
  Settings,
  | "LANGFUSE_ENABLED"
  | "LANGFUSE_PUBLIC_KEY"
  | "LANGFUSE_SECRET_KEY"
  | "LANGFUSE_HOST"
  | "LANGFUSE_PROJECT_ID"
  | "LANGFUSE_TRACE"
  | "LANGFUSE_SAMPLE_RATE"
>;

export interface LangfuseCheckOptions {
  clock: Clock;
  /** An address of ClickHouse to ask itself; null asks it through Langfuse. */
  clickhouseUrl: string | null;
  /** How long a trace may take to appear, and the pause between two looks. */
  appearMs: number;
  pollMs: number;
}

/** From the server to a trace that comes back; what depends on a part that does not work is not looked at. */
export async function checkLangfuse(
  settings: LangfuseSettings,
  options: LangfuseCheckOptions,
): Promise<Finding[]> {
  const { LANGFUSE_PUBLIC_KEY: publicKey, LANGFUSE_SECRET_KEY: secretKey, LANGFUSE_HOST: host } = settings;
  if (!settings.LANGFUSE_ENABLED) return [ok("langfuse", "off: traces stay in the debug sidebar")];
  if (!publicKey || !secretKey) {
    const missing = publicKey ? "LANGFUSE_SECRET_KEY" : "LANGFUSE_PUBLIC_KEY";
    const todo = "npm run langfuse:init for a Langfuse of your own, or copy the key pair of the project";
    return [fail("langfuse", `LANGFUSE_ENABLED is true and ${missing} is missing: no trace leaves`, todo)];
  }
  const api = createLangfuseApi({ host, publicKey, secretKey });
  const findings = [...(await followTheWay(api, settings.LANGFUSE_PROJECT_ID ?? null, options))];
  return [...findings, ...coverage(settings)];
}

async function followTheWay(
  api: LangfuseApi,
  projectId: string | null,
  options: LangfuseCheckOptions,
): Promise<Finding[]> {
  const server = await checkLangfuseServer(api);
  if (server.state === "fail") return [server];
  const keys = await checkLangfuseKeys(api, projectId);
  if (keys.state === "fail") return [server, keys];
  const clickhouse = await checkClickhouse(api, options);
  if (clickhouse.state === "fail") return [server, keys, clickhouse];
  return [server, keys, clickhouse, await checkLangfuseWorker(api, options)];
}

/** What is left out by choice looks like a loss to whoever did not choose it. */
function coverage({ LANGFUSE_TRACE, LANGFUSE_SAMPLE_RATE }: LangfuseSettings): Finding[] {
  if (LANGFUSE_TRACE === "debug") {
    const message = "LANGFUSE_TRACE is debug: only requests with debugging are traced";
    return [warn("langfuse_coverage", message, "set LANGFUSE_TRACE=all to trace every request")];
  }
  if (LANGFUSE_SAMPLE_RATE < 1) {
    const message = `LANGFUSE_SAMPLE_RATE leaves out ${Math.round((1 - LANGFUSE_SAMPLE_RATE) * 100)} % of the requests`;
    return [warn("langfuse_coverage", message, "set LANGFUSE_SAMPLE_RATE=1 to trace every request")];
  }
  return [ok("langfuse_coverage", "every request is traced")];
}
