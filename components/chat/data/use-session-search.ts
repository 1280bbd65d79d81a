import useSWR from "swr";
import { type SessionItem, sessionPageSchema } from "@/lib/domain/api";
import { getJson } from "./api-client";

/** Conversations whose title or text has `query`; the newest ones when it is empty. */
export function useSessionSearch(query: string): { found: SessionItem[] | undefined; failed: boolean } {
  const q = query.trim();
  const path = `/api/sessions?limit=20${q ? `&q=${encodeURIComponent(q)}` : ""}`;
  const { data, error } = useSWR(path, (key) => getJson(key, sessionPageSchema), { keepPreviousData: true });
  return { found: data?.items, failed: error !== undefined };
}
