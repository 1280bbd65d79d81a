interface DerivedOptions<T> {
  /** Whether readers get the old value while the new one is being built, or never see an old one. */
  whileStale: "serve" | "wait";
  /** What serves until the first build is done; null where that is not worth it. */
  estimate?: () => Promise<T | null>;
  /** Starts a build that nobody waits for. */
  inBackground?: (build: () => Promise<T>) => Promise<T>;
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
}

/** With "serve", building takes at most about a tenth of the time, however often the table changes. */
const REST_PER_BUILD = 9;

/**
 * Keeps what is computed from a table until the table changes. `version` is asked on each read and is
 * cheap; `build` runs once for all who wait.
 */
export function createDerived<T>(
  version: () => Promise<string | number>,
  build: () => Promise<T>,
  options: DerivedOptions<T>,
): () => Promise<T> {
  const { whileStale, estimate = async () => null } = options;
  const { inBackground = (work) => work(), now = () => performance.now() } = options;
  let current: { version: string | number | null; value: T } | null = null;
  let building: Promise<T> | null = null;
  let restUntil = -Infinity;

  async function rebuild(at: string | number): Promise<T> {
    const start = now();
    try {
      const value = await build();
      current = { version: at, value };
      return value;
    } finally {
      restUntil = now() + (now() - start) * REST_PER_BUILD;
    }
  }

  async function firstValue(at: string | number): Promise<T> {
    const value = await estimate();
    if (value === null) return rebuild(at);
    current = { version: null, value };
    return value;
  }

  function startInBackground(): void {
    const work = inBackground(async () => rebuild(await version()));
    start(work).catch(() => "the next reader tries again");
  }

  function start(work: Promise<T>): Promise<T> {
    building = work.finally(() => {
      building = null;
    });
    return building;
  }

  return async () => {
    const at = await version();
    if (current?.version === at) return current.value;
    if (whileStale === "wait") return building ?? start(rebuild(at));
    const served = current ?? { version: null, value: await (building ?? start(firstValue(at))) };
    if (current?.version !== at && building === null && now() >= restUntil) startInBackground();
    return served.value;
  };
}

/** Values that a family keeps; each conversation with files has one of its own. */
const MOST_KEPT = 500;

/**
 * The same for a family of values, one for each key; old ones serve, and are built anew one after another. Those
 * that were not asked for the longest are forgotten.
 */
export function createDerivedByKey<T>(
  version: () => Promise<string | number>,
  build: (key: string) => Promise<T>,
  estimate: (key: string) => Promise<T | null> = async () => null,
): (key: string) => Promise<T> {
  const readers = new Map<string, () => Promise<T>>();
  let last: Promise<unknown> = Promise.resolve();
  const inBackground = (work: () => Promise<T>) => {
    const turn = last.then(work);
    last = turn.catch(() => "the next one has its turn all the same");
    return turn;
  };
  return (key) => {
    const options = { whileStale: "serve", estimate: () => estimate(key), inBackground } as const;
    const reader = readers.get(key) ?? createDerived(version, () => build(key), options);
    readers.delete(key);
    readers.set(key, reader);
    const [oldest] = readers.keys();
    if (readers.size > MOST_KEPT && oldest !== undefined) readers.delete(oldest);
    return reader();
  };
}
