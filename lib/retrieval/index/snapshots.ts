interface SnapshotSource<T> {
  version(): Promise<number>;
  open(version: number): Promise<T>;
  /** Whether a search of this version finds everything that is in it. */
  isSettled(table: T): Promise<boolean>;
  now?: () => number;
}

/** A writer settles what it wrote; one that died meanwhile must not hide its rows for longer. */
const LONGEST_WAIT_MS = 10_000;

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

  async function choose(table: T): Promise<T> {
    if (served !== null && !(await isSettled(table))) {
      waitingSince ??= now();
      return served;
    }
    waitingSince = null;
    return table;
  }

  return async () => {
    const at = await version();
    if (waitingSince !== null && now() - waitingSince >= LONGEST_WAIT_MS) {
      newest = null;
      served = null;
      waitingSince = null;
    }
    if (newest?.version === at) return newest.table;
    const opened = { version: at, table: open(at).then(choose) };
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
