import type { RunRecord } from "@/lib/domain/run-record";
import type { RunPage, RunQuery } from "@/lib/store/run-store";

/** What an archive can be searched for: newest first, and not by votes, which come after the trace. */
export type ArchiveQuery = Omit<RunQuery, "sort" | "feedback">;

/** Port: runs that the debug store has forgotten. Calls throw `upstream_failed` when it cannot be asked. */
export interface RunArchive {
  /** The whole masked run, log lines aside; null when it is not there or not ours. */
  read(requestId: string): Promise<RunRecord | null>;
  /** A page may hold fewer runs than asked for and still have a next one. */
  search(query: ArchiveQuery): Promise<RunPage>;
}
