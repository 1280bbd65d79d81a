import type { Clock } from "@/lib/domain/clock";
import { scoreIdsOf } from "@/lib/domain/score-export";
import { runExports, scoreExports } from "./export-codec";
import type { RedisClient } from "./redis-client";
import { createRedisExportBuffer } from "./redis-export-buffer";

/** Takes back what waits in Redis of a request, its run and its scores: no process sends it any more. */
export function createDiscardExports(redis: RedisClient, clock: Clock) {
  // Nothing is put there from here.
  const options = { redis, clock, maxItems: 1, maxBytes: 1 };
  const runs = createRedisExportBuffer(runExports, options);
  const scores = createRedisExportBuffer(scoreExports, options);
  return async (requestId: string): Promise<void> => {
    await Promise.all([runs.discard(requestId), ...scoreIdsOf(requestId).map((id) => scores.discard(id))]);
  };
}
