/**
 * Keeps what is computed from a table until the table changes. `version` is asked on each read and is
 * cheap; `build` runs once for all who wait. With `whileStale: "serve"` readers get the old value while
 * the new one is being built; with "wait" they never see an old one.
 */
export function createDerived<T>(
  version: () => Promise<string | number>,
  build: () => Promise<T>,
  { whileStale }: { whileStale: "serve" | "wait" },
): () => Promise<T> {
  let current: { version: string | number; value: T } | null = null;
  let building: Promise<T> | null = null;

  async function rebuild(at: string | number): Promise<T> {
    try {
      const value = await build();
      current = { version: at, value };
      return value;
    } finally {
      building = null;
    }
  }

  return async () => {
    const at = await version();
    if (current?.version === at) return current.value;
    building ??= rebuild(at);
    if (current === null || whileStale === "wait") return building;
    building.catch(() => "the next reader tries again");
    return current.value;
  };
}

/** The same for a family of values, one for each key. */
export function createDerivedByKey<T>(
  version: () => Promise<string | number>,
  build: (key: string) => Promise<T>,
): (key: string) => Promise<T> {
  const readers = new Map<string, () => Promise<T>>();
  return (key) => {
    const reader = readers.get(key) ?? createDerived(version, () => build(key), { whileStale: "serve" });
    readers.set(key, reader);
    return reader();
  };
}
