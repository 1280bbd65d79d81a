import { z } from "zod";
import { AppError } from "@/lib/errors";
import { askLangfuse, langfusePath } from "./ask-langfuse";
import type { LangfuseProject } from "./langfuse-project";
import type { Metrics, MetricsQuery, MetricsRow } from "./metrics";
import { readServerMajor } from "./server-major";

/** The most that the server gives; without it there are 100. */
const MAX_ROWS = 1000;
const QUERY_TIMEOUT_MS = 20_000;

const rowsSchema = z.object({ data: z.array(z.record(z.string(), z.unknown())) });

/** Langfuse's metrics API: `/api/public/v2/metrics` from version 4 on, `/api/public/metrics` before. */
export function createLangfuseMetrics({ api, facts }: LangfuseProject): Metrics {
  async function query(query: MetricsQuery): Promise<MetricsRow[]> {
    const route = (await readServerMajor(facts)) < 4 ? "/api/public/metrics" : "/api/public/v2/metrics";
    const whole = { ...query, config: { row_limit: MAX_ROWS } };
    const path = langfusePath(route, { query: JSON.stringify(whole) });
    const answer = await askLangfuse(api, { path, schema: rowsSchema, timeoutMs: QUERY_TIMEOUT_MS });
    if (!answer) throw new AppError("upstream_failed", "This Langfuse server has no metrics API (404).");
    return answer.data;
  }
  return { query };
}
