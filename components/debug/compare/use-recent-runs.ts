import useSWR from "swr";
import { z } from "zod";
import { getJson } from "@/components/chat/data/api-client";
import { runIdSchema } from "@/lib/domain/ids";
import { runStatusSchema } from "@/lib/domain/run-record";

const recentRunSchema = z.object({
  request_id: z.string(),
  session_id: z.string(),
  started_at: z.number(),
  status: runStatusSchema,
  message: z.string(),
  model: z.string(),
});
export type RecentRun = z.infer<typeof recentRunSchema>;

const pageSchema = z.object({ items: z.array(recentRunSchema) });

/** A run that can be chosen; of an id that somebody typed nothing else is known. */
export type RunChoice =
  | { kind: "run"; run: RecentRun; sameSession: boolean }
  | { kind: "id"; requestId: string };

const SHOWN = 30;

/**
 * The runs of this conversation, then the latest of all others; with a query those that it finds. An id is known
 * as it is typed, before it is `searched` for.
 */
export function useRecentRuns(typed: string, searched: string, sessionId: string) {
  const q = searched.trim();
  const id = runIdSchema.safeParse(typed.trim());
  const search = q === "" ? "" : `&q=${encodeURIComponent(q)}`;
  const { data: own } = useSWR(listPath(`&session_id=${encodeURIComponent(sessionId)}${search}`), load);
  const { data: all, error } = useSWR(listPath(search), load, { keepPreviousData: true });
  return {
    choices: id.success
      ? [{ kind: "id" as const, requestId: id.data }]
      : mergeRuns(own?.items ?? [], all?.items ?? []),
    loaded: id.success || all !== undefined,
    failed: error !== undefined,
  };
}

const listPath = (query: string) => `/api/debug?limit=${SHOWN}${query}`;
const load = (path: string) => getJson(path, pageSchema);

function mergeRuns(own: readonly RecentRun[], all: readonly RecentRun[]): RunChoice[] {
  const ids = new Set(own.map(({ request_id }) => request_id));
  const others = all.filter(({ request_id }) => !ids.has(request_id));
  return [
    ...own.map((run) => ({ kind: "run" as const, run, sameSession: true })),
    ...others.map((run) => ({ kind: "run" as const, run, sameSession: false })),
  ];
}
