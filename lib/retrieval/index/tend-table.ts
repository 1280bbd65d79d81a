import { setTimeout } from "node:timers/promises";
import type { Clock } from "@/lib/domain/clock";
import type { IndexTable } from "./index-table";

/** What the caretaker needs of a table. */
export type TendedTable = Pick<IndexTable<object>, "version" | "unindexedRows" | "optimize">;

export interface TendOptions {
  clock: Clock;
  signal: AbortSignal;
  /** Waits; tests give their own. */
  pause?: (ms: number) => Promise<unknown>;
}

/** Versions of the index that a reader may still be reading are this young. */
export const KEPT_VERSIONS_MS = 3_600_000;
/** A search reads rows outside of the indexes one by one: about 10 ms for so many. */
const TOLERATED_ROWS = 400;
const CHECK_MS = 10_000;
/** Tending takes at most about a fifth of the time. */
const REST_PER_TURN = 4;

/**
 * Keeps a table fast while processes write to it: takes new rows into the indexes when they are many, or when
 * nobody has written since the last look, and removes old versions. Runs until the signal; what fails is tried
 * again at the next look, since searches find the rows meanwhile.
 */
export async function tendTable(table: TendedTable, options: TendOptions): Promise<void> {
  const {
    clock,
    signal,
    pause = (ms: number) => setTimeout(ms, undefined, { signal, ref: false }),
  } = options;
  let seen = await table.version().catch(() => 0);
  let rest = 0;
  while (!signal.aborted) {
    // Processes that look at different times do not do the same work at once.
    await pause(CHECK_MS * (0.5 + Math.random()) + rest).catch(() => "the signal");
    if (signal.aborted) return;
    const start = clock.monotonic();
    rest = 0;
    try {
      const version = await table.version();
      const rows = await table.unindexedRows();
      const isQuiet = version === seen;
      seen = version;
      if (rows <= (isQuiet ? 0 : TOLERATED_ROWS)) continue;
      await table.optimize(new Date(clock.now() - KEPT_VERSIONS_MS));
      rest = (clock.monotonic() - start) * REST_PER_TURN;
    } catch {
      rest = CHECK_MS;
    }
  }
}
