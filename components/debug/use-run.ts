"use client";

import { useEffect, useState } from "react";
import useSWR, { useSWRConfig } from "swr";
import { getJson, request } from "@/components/chat/data/api-client";
import { debugAnswerSchema } from "@/lib/domain/debug-answer";
import { unbornPollMs } from "@/lib/run-view/poll-delay";
import { advanceFeed, type RunFeed } from "@/lib/run-view/run-feed";
import { awaitsTrace, NotYetStored, pollDelay, type RunState, statusOf, toRunState } from "./run-state";
import { usePageHidden } from "./use-page-hidden";

export interface RunHandle {
  state: RunState;
  /** The trace is on its way to Langfuse and the panel goes on asking by itself. */
  awaitsTrace: boolean;
  /** Asks now, and then again as after the run's end. */
  refresh(): void;
  /** Deletes the run from the server for good. Throws `ApiFailure` when it is refused. */
  remove(): Promise<void>;
}

/**
 * Follows one run: polls its events by cursor while it runs, then its trace until that is final, and keeps
 * what it folded when the reader comes back to it.
 */
export function useRun(requestId: string | null): RunHandle {
  const { cache } = useSWRConfig();
  const key = requestId && `/api/debug/${encodeURIComponent(requestId)}`;
  const hidden = usePageHidden();
  const [asked, setAsked] = useState({ key, answers: 0 });
  const {
    data: feed,
    error,
    mutate,
  } = useSWR<RunFeed, unknown>(
    key,
    (path: string) => poll(path, requestId ?? "", cache.get(path)?.data ?? null),
    { compare: Object.is, dedupingInterval: 100, focusThrottleInterval: 1000, shouldRetryOnError: false },
  );
  const answers = feed?.answersAfterEnd ?? 0;
  const linkPolls = Math.max(0, answers - (asked.key === key ? asked.answers : 0) - 1);

  useEffect(() => {
    const delay = pollDelay({ feed, error, linkPolls }, hidden);
    if (delay === null) return;
    const timer = setTimeout(() => void mutate(), delay);
    return () => clearTimeout(timer);
  }, [feed, error, linkPolls, hidden, mutate]);

  return {
    state: key ? toRunState({ feed, error }) : { kind: "empty" },
    awaitsTrace: awaitsTrace({ feed, error, linkPolls }),
    refresh: () => {
      setAsked({ key, answers });
      void mutate();
    },
    remove: async () => {
      if (!key) return;
      await request(key, { method: "DELETE" });
      await mutate(undefined);
    },
  };
}

async function poll(path: string, requestId: string, feed: RunFeed | null): Promise<RunFeed> {
  try {
    const answer = await getJson(`${path}?after=${feed?.cursor ?? 0}`, debugAnswerSchema);
    return advanceFeed(feed, answer, performance.now());
  } catch (error) {
    const retryMs = statusOf(error) === 404 && !feed ? unbornPollMs(requestId, Date.now()) : null;
    throw retryMs === null ? error : new NotYetStored(retryMs);
  }
}
