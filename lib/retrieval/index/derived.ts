interface DerivedOptions<T> {
  /** Whether readers get the old value while the new one is being built, or never see an old one. */
  whileStale: "serve" | "wait";
  /** What serves until the first build is done; null where that is not worth it. */
  estimate?: () => Promise<T | null>;
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
  { whileStale, estimate = async () => null, now = () => performance.now() }: DerivedOptions<T>,
): () => Promise<T> {
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
    if (current === null) return building ?? start(firstValue(at));
    if (building === null && now() >= restUntil) {
      start(rebuild(at)).catch(() => "the next reader tries again");
    }
    return current.value;
  };
}

/** The same for a family of values, one for each key; old ones serve. */
export function createDerivedByKey<T>(
  version: () => Promise<string | number>,
  build: (key: string) => Promise<T>,
  estimate: (key: string) => Promise<T | null> = async () => null,
): (key: string) => Promise<T> {
  const readers = new Map<string, () => Promise<T>>();
  return (key) => {
    const options = { whileStale: "serve", estimate: () => estimate(key) } as const;
    const reader = readers.get(key) ?? createDerived(version, () => build(key), options);
    readers.set(key, reader);
    return reader();
  };
}
