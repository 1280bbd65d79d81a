import type { Answer, LangfuseApi } from "@/lib/observability/langfuse-api";

/** Version 4 has the first; before it, and while it writes as version 3 did, only the second is there. */
const ROUTES = ["/api/public/v2/observations", "/api/public/observations"] as const;

export interface ObservationQuery {
  /** Epoch milliseconds; without a beginning ClickHouse would read all that it has. */
  since: number;
  limit: number;
  traceId?: string;
}

/** A list of observations by whichever route this server has. */
export async function listObservations(
  api: LangfuseApi,
  { since, limit, traceId }: ObservationQuery,
  timeoutMs: number,
): Promise<Answer> {
  const search = new URLSearchParams({
    fromStartTime: new Date(since).toISOString(),
    limit: `${limit}`,
    ...(traceId !== undefined && { traceId }),
  });
  const ask = (route: string) => api.call({ method: "GET", path: `${route}?${search}`, timeoutMs });
  const [current, old] = ROUTES;
  const answer = await ask(current);
  const isMissing = answer.kind === "answered" && answer.status === 404;
  return isMissing ? ask(old) : answer;
}
