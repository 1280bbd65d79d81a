"use client";

import { useRef } from "react";
import useSWRInfinite from "swr/infinite";
import { getJson } from "@/components/chat/data/api-client";
import { useDebounced } from "@/components/chat/use-debounced";
import { type RunListItem, type RunListPage, runListPageSchema } from "@/lib/domain/run-list";
import { statusOf } from "../run-state";
import { mergePages } from "./merge-pages";
import { type RequestFilter, toListPath } from "./request-filter";

const DEBOUNCE_MS = 150;
const POLL_MS = 2_000;
/** A search through many runs costs more: the server is left alone for this many times as long as it took. */
const REST = 20;

export type RequestsState =
  | { kind: "loading" | "forbidden" | "failed" }
  /** `broken`: the last poll failed, the lines are those of before. */
  | { kind: "ready"; items: RunListItem[]; broken: boolean; hasMore: boolean };

export interface RequestsHandle {
  state: RequestsState;
  loadMore(): void;
  refresh(): void;
}

/** The list of runs for a filter, page after page; asks again while somebody can see it. */
export function useRequests(filter: RequestFilter): RequestsHandle {
  const asked = { ...filter, q: useDebounced(filter.q, DEBOUNCE_MS) };
  const tookMs = useRef(0);
  const fetchPage = async (path: string): Promise<RunListPage> => {
    const start = performance.now();
    try {
      return await getJson(path, runListPageSchema);
    } finally {
      tookMs.current = performance.now() - start;
    }
  };
  const { data, error, isValidating, size, setSize, mutate } = useSWRInfinite<RunListPage, unknown>(
    (_index, previous: RunListPage | null) =>
      previous && previous.next === null ? null : toListPath(asked, previous?.next ?? null),
    fetchPage,
    {
      keepPreviousData: true,
      shouldRetryOnError: false,
      // What lies in Langfuse is old; it is asked once.
      refreshInterval: () => (asked.source === null ? Math.max(POLL_MS, REST * tookMs.current) : 0),
      revalidateFirstPage: asked.source === null,
    },
  );
  const hasMore = data?.at(-1)?.next != null;
  return {
    state: toRequestsState(data, error, hasMore),
    loadMore: () => {
      if (hasMore && !isValidating && data && data.length >= size) void setSize(size + 1);
    },
    refresh: () => void mutate(),
  };
}

function toRequestsState(pages: RunListPage[] | undefined, error: unknown, hasMore: boolean): RequestsState {
  const status = statusOf(error);
  if (status === 401 || status === 403) return { kind: "forbidden" };
  if (pages) return { kind: "ready", items: mergePages(pages), broken: error !== undefined, hasMore };
  return { kind: error === undefined ? "loading" : "failed" };
}
