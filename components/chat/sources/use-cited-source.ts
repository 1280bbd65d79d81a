import useSWR from "swr";
import { type CitedSource, citedSourceSchema } from "@/lib/domain/cited-source";
import { getJson } from "../data/api-client";

/** A source as the answer had it and as it is now; asked again when the reader comes back to the page. */
export function useCitedSource(requestId: string, n: number): { found: CitedSource | null; failed: boolean } {
  const path = `/api/chat/${requestId}/sources/${n}`;
  const { data, error } = useSWR(path, (key) => getJson(key, citedSourceSchema), {
    shouldRetryOnError: false,
    // What was looked at a second ago may be another text by now.
    dedupingInterval: 0,
  });
  return { found: data ?? null, failed: data === undefined && error !== undefined };
}
