interface BriefCacheOptions<T> {
  load(key: string): Promise<T>;
  /** How long a value is good for, in ms. */
  keepMs(value: T): number;
  maxEntries: number;
  /** Milliseconds that only go up. */
  monotonic(): number;
}

interface Entry<T> {
  value: Promise<T>;
  /** Null while it is being loaded. */
  goodUntil: number | null;
}

/**
 * Remembers what was loaded for a moment, so that a page that asks five times makes one request. Who asks
 * while a value is on its way waits for the same; a failure is not remembered.
 */
export function createBriefCache<T>({ load, keepMs, maxEntries, monotonic }: BriefCacheOptions<T>) {
  const entries = new Map<string, Entry<T>>();

  function begin(key: string): Promise<T> {
    const entry: Entry<T> = { value: load(key), goodUntil: null };
    entries.delete(key);
    entries.set(key, entry);
    const oldest = entries.size > maxEntries ? entries.keys().next().value : undefined;
    if (oldest !== undefined) entries.delete(oldest);
    entry.value.then(
      (value) => {
        entry.goodUntil = monotonic() + keepMs(value);
      },
      () => {
        if (entries.get(key) === entry) entries.delete(key);
      },
    );
    return entry.value;
  }

  return {
    get(key: string): Promise<T> {
      const entry = entries.get(key);
      const good = entry && (entry.goodUntil === null || monotonic() < entry.goodUntil);
      return good ? entry.value : begin(key);
    },
  };
}
