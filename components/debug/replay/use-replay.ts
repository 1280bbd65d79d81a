import { parseAsString, useQueryStates } from "nuqs";
import { useState } from "react";
import { ApiFailure } from "@/components/chat/data/api-client";
import type { RunRecord } from "@/lib/domain/run-record";
import { type ReplayDraft, toReplayRequest } from "./replay-draft";
import { startReplay } from "./start-replay";

export type ReplayFailure =
  | { kind: "masked" | "gone" | "busy" | "unreachable" }
  /** In the server's words. */
  | { kind: "refused"; message: string };

interface UseReplayOptions {
  record: RunRecord;
  onSelectRequest(requestId: string): void;
  onStarted(): void;
}

/** Sends a replay; once it runs, the panel shows it beside the run that it replays. */
export function useReplay({ record, onSelectRequest, onStarted }: UseReplayOptions) {
  const [, setAddress] = useQueryStates({ tab: parseAsString, compare: parseAsString });
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<ReplayFailure | null>(null);
  const send = async (draft: ReplayDraft) => {
    setSending(true);
    setFailure(null);
    try {
      const requestId = await startReplay(toReplayRequest(record, draft));
      onStarted();
      onSelectRequest(requestId);
      await setAddress({ tab: "compare", compare: record.request_id });
    } catch (error) {
      setFailure(toFailure(error));
      setSending(false);
    }
  };
  return { send, sending, failure };
}

function toFailure(error: unknown): ReplayFailure {
  if (!(error instanceof ApiFailure)) return { kind: "unreachable" };
  if (error.code === "conflict") return { kind: "masked" };
  if (error.code === "not_found") return { kind: "gone" };
  if (error.code === "rate_limited") return { kind: "busy" };
  return { kind: "refused", message: error.message };
}
