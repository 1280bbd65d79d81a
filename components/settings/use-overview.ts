import useSWR from "swr";
import { getJson } from "@/components/chat/data/api-client";
import { type Overview, overviewSchema } from "@/lib/domain/overview";

/** Often enough to see an outage end; a page that nobody looks at does not ask. */
const REFRESH_MS = 3000;

/** How the server is now. `failed` while the last question had no answer. */
export function useOverview(): { overview: Overview | null; failed: boolean } {
  const { data, error } = useSWR("/api/settings", (path) => getJson(path, overviewSchema), {
    refreshInterval: REFRESH_MS,
  });
  return { overview: data ?? null, failed: error !== undefined };
}
