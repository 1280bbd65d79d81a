// Prints and plots requests, tokens, cost and latency: npm run report -- [--since 7d] [--json]
// From Langfuse when it is connected, else from the debug store: in Redis, or in the memory of the server that runs.
import "./resolve-typescript.mjs";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { requireNode } from "./require-node.mjs";

const USAGE = "usage: npm run report -- [--since 30m|24h|7d|4w] [--json]";

requireNode();
if (existsSync(".env")) process.loadEnvFile(".env");
// Its own lines take the place of the log's.
process.env.LOG_LEVEL = "silent";

const { sinceSchema } = await import("../lib/report/since.ts");
const { readSettings } = await import("../lib/env.ts");
const { since, sinceMs, json } = readArguments();
try {
  const settings = readSettings();
  const insights = isReachable(settings) ? await readHere() : await askServer(settings);
  const { formatReport } = await import("../lib/report/format-report.ts");
  console.log(json ? JSON.stringify(insights, null, 2) : formatReport(insights));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

/** Whether this process can read what the server reads. */
function isReachable({ LANGFUSE_ENABLED, LANGFUSE_PUBLIC_KEY, LANGFUSE_SECRET_KEY, REDIS_URL }) {
  return (LANGFUSE_ENABLED && LANGFUSE_PUBLIC_KEY && LANGFUSE_SECRET_KEY) || REDIS_URL !== undefined;
}

async function readHere() {
  const { getRuntime } = await import("../lib/runtime.ts");
  const runtime = await getRuntime();
  try {
    return await runtime.insights(sinceMs);
  } finally {
    await runtime.shutDown();
  }
}

/** Without Redis the runs are in the server's own memory. */
async function askServer({ PORT, DEBUG_TOKEN, ADMIN_TOKEN }) {
  const { insightsSchema } = await import("../lib/domain/insights.ts");
  const token = DEBUG_TOKEN || ADMIN_TOKEN;
  if (!token) {
    throw new Error(
      "The figures are in the memory of the server that runs. Set DEBUG_TOKEN for both (in .env, say), or open /insights in the browser.",
    );
  }
  const headers = { authorization: `Bearer ${token}` };
  const address = `http://127.0.0.1:${PORT}/api/insights?since=${since}`;
  const response = await fetch(address, { headers }).catch(() => null);
  if (!response)
    throw new Error(`No server answers on port ${PORT}: start it, or connect Redis or Langfuse.`);
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(body?.error?.message ?? `The server answered ${response.status}.`);
  return insightsSchema.parse(body);
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: { since: { type: "string", default: "24h" }, json: { type: "boolean", default: false } },
    });
    const parsed = sinceSchema.safeParse(values.since);
    if (!parsed.success) throw new Error(`--since ${parsed.error.issues[0].message}`);
    return { since: values.since, sinceMs: parsed.data, json: values.json };
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    return process.exit(2);
  }
}
