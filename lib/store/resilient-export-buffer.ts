import { isUnavailable } from "@/lib/errors";
import type { ExportBuffer } from "./export-buffer";
import type { RedisClient } from "./redis-client";

/** Removals that wait for Redis at most; beyond these the oldest run comes to Langfuse twice, which is once. */
const MAX_REMOVALS = 10_000;

interface ResilientExportBufferOptions {
  /** In Redis. */
  primary: ExportBuffer;
  /** In this process; has the runs that come while Redis is away. */
  fallback: ExportBuffer;
  redis: Pick<RedisClient, "isReady">;
}

/**
 * Redis, and this process's memory for what comes while it is away: nothing rejects for its absence. A run
 * that is removed or discarded meanwhile goes once Redis is back, before this process takes any from there.
 */
export function createResilientExportBuffer(options: ResilientExportBufferOptions): ExportBuffer {
  const { primary, fallback, redis } = options;
  const removals = new Map<string, "remove" | "discard">();

  /** What Redis says, or `otherwise` while it is away. */
  async function ask<T>(question: () => Promise<T>, otherwise: T): Promise<T> {
    if (!redis.isReady()) return otherwise;
    try {
      await catchUp();
      return await question();
    } catch (error) {
      if (isUnavailable(error)) return otherwise;
      throw error;
    }
  }

  async function catchUp(): Promise<void> {
    for (const [id, how] of removals) {
      await primary[how](id);
      removals.delete(id);
    }
  }

  /** Asks Redis; what it cannot hear now it hears later. */
  async function takeOut(requestId: string, how: "remove" | "discard"): Promise<boolean> {
    const reply = await ask<unknown>(() => primary[how](requestId), "away");
    if (reply !== "away") return reply === true;
    const [oldest] = removals.size >= MAX_REMOVALS ? removals.keys() : [];
    if (oldest !== undefined) removals.delete(oldest);
    removals.set(requestId, how);
    return false;
  }

  return {
    put: async (run, holdMs) =>
      (await ask(() => primary.put(run, holdMs), null)) ?? (await fallback.put(run, holdMs)),
    async renew(requestIds, holdMs) {
      const discarded = await fallback.renew(requestIds, holdMs);
      return [...new Set([...discarded, ...(await ask(() => primary.renew(requestIds, holdMs), []))])];
    },
    async fail(requestId, failures, dueInMs) {
      const isLocal = await fallback.fail(requestId, failures, dueInMs);
      return isLocal || ask(() => primary.fail(requestId, failures, dueInMs), true);
    },
    async remove(requestId) {
      await fallback.remove(requestId);
      await takeOut(requestId, "remove");
    },
    async discard(requestId) {
      const wasLocal = await fallback.discard(requestId);
      return (await takeOut(requestId, "discard")) || wasLocal;
    },
    async claim(limit, holdMs) {
      const local = await fallback.claim(limit, holdMs);
      const left = limit - local.runs.length;
      if (left === 0) return local;
      const remote = await ask(() => primary.claim(left, holdMs), { runs: [], dropped: 0 });
      return { runs: [...local.runs, ...remote.runs], dropped: local.dropped + remote.dropped };
    },
    async hasten(requestId) {
      const isLocal = await fallback.hasten(requestId);
      return (await ask(() => primary.hasten(requestId), false)) || isLocal;
    },
    async counts() {
      const local = await fallback.counts();
      const remote = await ask(() => primary.counts(), { pending: 0, failed: 0 });
      return { pending: local.pending + remote.pending, failed: local.failed + remote.failed };
    },
  };
}
