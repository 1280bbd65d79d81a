import { useEffect } from "react";
import { mutate } from "swr";
import useSWRInfinite from "swr/infinite";
import type { z } from "zod";
import { getJson } from "@/components/chat/data/api-client";
import { type DocumentSummary, documentPageSchema } from "@/lib/domain/document";

const PAGE_SIZE = 50;
type DocumentPage = z.infer<typeof documentPageSchema>;

/** Lists on the page: a paged list is no key that the cache could be searched for. */
const shown = new Set<{ kbPrefix: string; refresh(): Promise<unknown> }>();

const rootOf = (kbPrefix: string) => `/api/knowledge-bases/${kbPrefix}/documents`;

/** The documents of a knowledge base whose name or title has `query`, by name, page after page. */
export function useDocuments(kbPrefix: string, query: string) {
  const keyOf = (_index: number, previous: DocumentPage | null) => {
    if (previous && previous.next === null) return null;
    const search = new URLSearchParams({ limit: String(PAGE_SIZE) });
    if (query.trim() !== "") search.set("q", query.trim());
    if (previous?.next) search.set("before", previous.next);
    return `${rootOf(kbPrefix)}?${search}`;
  };
  const {
    data,
    error,
    isLoading,
    isValidating,
    setSize,
    mutate: refresh,
  } = useSWRInfinite(keyOf, (path) => getJson(path, documentPageSchema), {
    keepPreviousData: true,
    // Who comes back from a document that was just deleted must not get the list of a second ago.
    dedupingInterval: 0,
    revalidateFirstPage: false,
    revalidateAll: true,
  });
  useEffect(() => {
    const list = { kbPrefix, refresh: () => refresh() };
    shown.add(list);
    return () => void shown.delete(list);
  }, [kbPrefix, refresh]);
  return {
    /** undefined while loading */
    documents: data?.flatMap((page): DocumentSummary[] => page.items),
    failed: error !== undefined,
    loading: isLoading || isValidating,
    hasMore: data?.at(-1)?.next != null,
    showMore: () => void setSize((size) => size + 1),
  };
}

/** Fetches again the lists of a knowledge base's documents that are on the page, and what is shown of single ones. */
export async function refreshDocuments(kbPrefix: string): Promise<void> {
  const lists = [...shown].filter((list) => list.kbPrefix === kbPrefix).map((list) => list.refresh());
  const single = mutate((key) => typeof key === "string" && key.startsWith(`${rootOf(kbPrefix)}/`));
  await Promise.all([...lists, single]);
}
