"use client";

import { useSyncExternalStore } from "react";

/**
 * A hook for something that a page fetches when it is first wanted, and shares from then on. It returns null
 * until that is here; a fetch that failed is tried again by the next one who wants it.
 */
export function createLazyHook<T>(load: () => Promise<T>): (wanted: boolean) => T | null {
  const listeners = new Set<() => void>();
  let loaded: T | null = null;
  let loading = false;

  async function fetchOnce(): Promise<void> {
    if (loading || loaded !== null) return;
    loading = true;
    try {
      loaded = await load();
      for (const notify of listeners) notify();
    } catch {
      // The text stays plain until somebody asks again.
    } finally {
      loading = false;
    }
  }
  function subscribe(notify: () => void): () => void {
    listeners.add(notify);
    void fetchOnce();
    return () => listeners.delete(notify);
  }
  const nothing = () => () => undefined;
  return (wanted) =>
    useSyncExternalStore(
      wanted ? subscribe : nothing,
      () => (wanted ? loaded : null),
      () => null,
    );
}
