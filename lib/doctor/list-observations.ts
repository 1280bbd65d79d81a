import type { Answer, LangfuseApi } from "@/lib/observability/langfuse-api";

/** Version 4 has the first; before it, and while it writes as version 3 did, only the second is there. */
const ROUTES = ["/api/public/v2/observations", "/api/public/observations"] as const;

/** A list of observations by whichever route this server has. */
export async function listObservations(
  api: LangfuseApi,
  query: Readonly<Record<string, string | number>>,
  timeoutMs: number,
): Promise<Answer> {
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, `${value}`]));
  const ask = (route: string) => api.call({ method: "GET", path: `${route}?${search}`, timeoutMs });
  const [current, old] = ROUTES;
  const answer = await ask(current);
  const isMissing = answer.kind === "answered" && answer.status === 404;
  return isMissing ? ask(old) : answer;
}
