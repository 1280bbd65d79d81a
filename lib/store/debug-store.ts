import type { RunSlice, RunStore } from "./run-store";

/** A slice and where it came from. */
export interface DebugSlice extends RunSlice {
  source: "redis" | "memory";
  /** Whether it did not come from the configured store. */
  degraded: boolean;
}

/** What `/api/ready` says of the debug store. */
export interface StoreHealth {
  state: "ok" | "degraded" | "down";
  backend: "redis" | "memory";
  /** Of one round trip just now; null in memory, or when there was no answer. */
  latency_ms: number | null;
}

/** Port: the run store as the app uses it. `append` neither waits nor throws when Redis is behind it. */
export interface DebugStore extends RunStore {
  /** As of the run store; throws `unavailable` when the run is not in this process and Redis cannot be asked. */
  read(requestId: string, after: number): Promise<DebugSlice | null>;
  health(): Promise<StoreHealth>;
}

/** The memory store on its own, where no Redis is configured. */
export function createMemoryDebugStore(memory: RunStore): DebugStore {
  return {
    ...memory,
    async read(requestId, after) {
      const slice = await memory.read(requestId, after);
      return slice && { ...slice, source: "memory", degraded: false };
    },
    health: async () => ({ state: "ok", backend: "memory", latency_ms: null }),
  };
}
