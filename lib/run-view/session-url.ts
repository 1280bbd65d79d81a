import type { RunRecord } from "@/lib/domain/run-record";

/**
 * The page of the run's conversation in Langfuse, beside that of its trace; null until the trace is visible:
 * before, there may be no such page.
 */
export function sessionUrlOf({ session_id, trace }: Pick<RunRecord, "session_id" | "trace">): string | null {
  if (trace.url === null || session_id === "") return null;
  return new URL(`../sessions/${encodeURIComponent(session_id)}`, trace.url).href;
}
