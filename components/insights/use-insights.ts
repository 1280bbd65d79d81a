"use client";

import useSWR from "swr";
import { getJson } from "@/components/chat/data/api-client";
import { type Insights, insightsSchema } from "@/lib/domain/insights";

export interface InsightsHandle {
  /** Null until they were loaded once; those of another time stay until the new ones are there. */
  insights: Insights | null;
  loading: boolean;
  failed: boolean;
  refresh(): void;
}

/** The figures of a time; loaded when it is chosen and when somebody asks. */
export function useInsights(since: string): InsightsHandle {
  const { data, error, isValidating, mutate } = useSWR<Insights, unknown>(
    `/api/insights?since=${since}`,
    (path: string) => getJson(path, insightsSchema),
    { keepPreviousData: true, revalidateOnFocus: false, shouldRetryOnError: false },
  );
  return {
    insights: data ?? null,
    loading: isValidating,
    failed: error !== undefined && !isValidating,
    refresh: () => void mutate(),
  };
}
