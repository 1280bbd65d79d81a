import { isUnavailable } from "@/lib/errors";
import type { ExportBuffer } from "./export-buffer";
import type { RedisClient } from "./redis-client";

/** Removals that wait for Redis at most; beyond these the oldest item comes to Langfuse twice, which is once. */
const MAX_REMOVALS = 10_000;

interface ResilientExportBufferOptions<Item> {
  /** In Redis. */
  primary: ExportBuffer<Item>;
  /** In this process; has what comes while Redis is away. */
  fallback: ExportBuffer<Item>;
  redis: Pick<RedisClient, "isReady">;
}

/**
 * Redis, and this process's memory for what comes while it is away: nothing rejects for its absence. An item
 * that is removed or discarded meanwhile goes once Redis is back, before this process takes any from there.
 */
export function createResilientExportBuffer<Item>({
  primary,
  fallback,
  redis,
}: ResilientExportBufferOptions<Item>): ExportBuffer<Item> {
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
  async function takeOut(id: string, how: "remove" | "discard"): Promise<boolean> {
    const reply = await ask<unknown>(() => primary[how](id), "away");
    if (reply !== "away") return reply === true;
    const [oldest] = removals.size >= MAX_REMOVALS ? removals.keys() : [];
    if (oldest !== undefined) removals.delete(oldest);
    removals.set(id, how);
    return false;
  }

  return {
    put: async (item, holdMs) =>
      (await ask(() => primary.put(item, holdMs), null)) ?? (await fallback.put(item, holdMs)),
    async renew(ids, holdMs) {
      const discarded = await fallback.renew(ids, holdMs);
      return [...new Set([...discarded, ...(await ask(() => primary.renew(ids, holdMs), []))])];
    },
    async fail(id, failures, dueInMs) {
      const isLocal = await fallback.fail(id, failures, dueInMs);
      return isLocal || ask(() => primary.fail(id, failures, dueInMs), true);
    },
    async remove(id) {
      await fallback.remove(id);
      await takeOut(id, "remove");
    },
    async discard(id) {
      const wasLocal = await fallback.discard(id);
      return (await takeOut(id, "discard")) || wasLocal;
    },
    async claim(limit, holdMs) {
      const local = await fallback.claim(limit, holdMs);
      const left = limit - local.kept.length;
      if (left === 0) return local;
      const remote = await ask(() => primary.claim(left, holdMs), { kept: [], dropped: 0 });
      return { kept: [...local.kept, ...remote.kept], dropped: local.dropped + remote.dropped };
    },
    async hasten(id) {
      const isLocal = await fallback.hasten(id);
      return (await ask(() => primary.hasten(id), false)) || isLocal;
    },
    async counts() {
      const local = await fallback.counts();
      const remote = await ask(() => primary.counts(), { pending: 0, failed: 0 });
      return { pending: local.pending + remote.pending, failed: local.failed + remote.failed };
    },
  };
}
