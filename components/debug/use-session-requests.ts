import useSWR from "swr";
import { z } from "zod";
import { getJson } from "@/components/chat/data/api-client";

/** As many as one answer of the server lists. */
const MOST = 100;
const EVERY_MS = 10_000;

const pageSchema = z.object({
  items: z.array(z.object({ request_id: z.string(), started_at: z.number() })),
});

/**
 * The recorded requests of a conversation, oldest first; none for null or while they are not known. Asks again
 * at once when another one is shown: it may be newer than the list.
 */
export function useSessionRequests(sessionId: string | null, shownId: string | null): string[] {
  const path = sessionId && `/api/debug?session_id=${encodeURIComponent(sessionId)}&limit=${MOST}`;
  const { data } = useSWR(
    path && ([path, shownId] as const),
    ([address]: readonly [string, string | null]) => getJson(address, pageSchema),
    {
      refreshInterval: EVERY_MS,
      keepPreviousData: true,
    },
  );
  const items = data?.items ?? [];
  return items.toSorted((a, b) => a.started_at - b.started_at).map(({ request_id }) => request_id);
}
