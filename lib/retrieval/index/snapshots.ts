interface SnapshotSource<T> {
  version(): Promise<number>;
  open(version: number): Promise<T>;
  /** Whether a search of this version finds everything that is in it. */
  isSettled(table: T): Promise<boolean>;
  now?: () => number;
}

/** A writer settles what it wrote; one that died meanwhile must not hide its rows for longer. */
const LONGEST_WAIT_MS = 10_000;
/** Commits of one write that may lie between a settled version and the newest. */
const LOOKED_BACK = 8;

/**
 * Hands out the table at its newest version, opened once for all who ask. As long as a writer has not settled
 * that version yet, the one before it is handed out.
 */
export function createSnapshots<T>({
  version,
  open,
  isSettled,
  now = () => performance.now(),
}: SnapshotSource<T>): () => Promise<T> {
  let newest: { version: number; table: Promise<T> } | null = null;
  let served: Promise<T> | null = null;
  let waitingSince: number | null = null;

  const hasWaited = () => waitingSince !== null && now() - waitingSince >= LONGEST_WAIT_MS;

  async function choose(table: T, at: number): Promise<T> {
    if (await isSettled(table)) {
      waitingSince = null;
      return table;
    }
    const before = hasWaited() ? null : await (served ?? findSettled(at));
    waitingSince = before === null ? null : (waitingSince ?? now());
    return before ?? table;
  }

  /** Who has just begun to read has no version of before yet. Null where none is near, or kept. */
  async function findSettled(newer: number): Promise<T | null> {
    for (let at = newer - 1; at > Math.max(0, newer - LOOKED_BACK); at -= 1) {
      const table = await open(at).catch(() => null);
      if (table === null || (await isSettled(table))) return table;
    }
    return null;
  }

  return async () => {
    const at = await version();
    if (newest?.version === at && !hasWaited()) return newest.table;
    const opened = { version: at, table: open(at).then((table) => choose(table, at)) };
    newest = opened;
    try {
      const table = await opened.table;
      served = opened.table;
      return table;
    } catch (error) {
      if (newest === opened) newest = null;
      throw error;
    }
  };
}
