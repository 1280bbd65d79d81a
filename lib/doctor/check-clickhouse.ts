import type { Clock } from "@/lib/domain/clock";
import type { Answer, LangfuseApi } from "@/lib/observability/langfuse-api";
import { ASK_TIMEOUT_MS } from "./check-langfuse-server";
import { type Finding, fail, ok } from "./finding";
import { listObservations } from "./list-observations";

const LOOK_BACK_MS = 3_600_000;
const LOG = "wait for its start, then look at the log of clickhouse; it needs memory and disk";

/** Whether ClickHouse answers: asked itself where its address is given, else through a list that it has to fill. */
export async function checkClickhouse(
  api: LangfuseApi,
  { clickhouseUrl, clock }: { clickhouseUrl: string | null; clock: Clock },
): Promise<Finding> {
  if (clickhouseUrl !== null) return pingClickhouse(clickhouseUrl);
  const query = { since: clock.now() - LOOK_BACK_MS, limit: 1 };
  const answer = await listObservations(api, query, ASK_TIMEOUT_MS);
  if (reads(answer)) return ok("clickhouse", "answers through Langfuse");
  const how = answer.kind === "answered" ? `${answer.status}` : "no answer";
  return fail("clickhouse", `Langfuse cannot read from ClickHouse (${how})`, LOG);
}

const reads = (answer: Answer) => answer.kind === "answered" && answer.status === 200 && answer.isJson;

async function pingClickhouse(url: string): Promise<Finding> {
  const address = `${url.replace(/\/+$/, "")}/ping`;
  const text = await fetch(address, { signal: AbortSignal.timeout(ASK_TIMEOUT_MS) })
    .then((response) => response.text())
    .catch(() => null);
  if (text?.trim() === "Ok.") return ok("clickhouse", "answers at CLICKHOUSE_URL");
  return fail("clickhouse", "ClickHouse is not ready at CLICKHOUSE_URL", LOG);
}
