import { z } from "zod";
import type { Clock } from "@/lib/domain/clock";
import { toTraceId } from "@/lib/domain/ids";
import { AppError } from "@/lib/errors";
import type { TraceExport } from "@/lib/observability/trace-sink";
import { EXPORT_KEPT_MS, type ExportBuffer, type ExportLimits, type KeptExport } from "./export-buffer";
import { decodeExport, encodeExport } from "./export-codec";
import type { RedisClient } from "./redis-client";
import { CLAIM, COUNT, DISCARD, FAIL, HASTEN, PUT, REMOVE, RENEW } from "./redis-export-scripts";
import { exportKey } from "./run-keys";

/** Declared in each script call, so that a cluster finds the node that has all of the index. */
const TAG = "exports:{index}:age";

const idsSchema = z.array(z.string());
const putReplySchema = z.tuple([z.number(), z.number(), idsSchema]);
const claimReplySchema = z.tuple([idsSchema, idsSchema]);
const countReplySchema = z.tuple([z.number(), z.number()]);

interface RedisExportBufferOptions extends ExportLimits {
  redis: RedisClient;
  /** Wall clock; hosts that share a Redis agree on it to within a few seconds. */
  clock: Clock;
}

/** Waiting runs in Redis: whichever process is there sends them. */
export function createRedisExportBuffer({
  redis,
  clock,
  maxRuns,
  maxBytes,
  keptMs = EXPORT_KEPT_MS,
}: RedisExportBufferOptions): ExportBuffer {
  const script = (text: string, ...args: (string | number)[]) =>
    redis.pipeline([["EVAL", text, 1, TAG, ...args]]).then(([reply]) => reply);

  async function forget(traceIds: readonly string[]): Promise<void> {
    if (traceIds.length > 0) await redis.pipeline(traceIds.map((id) => ["DEL", exportKey(id)]));
  }

  async function remove(traceId: string): Promise<void> {
    await forget([traceId]);
    await script(REMOVE, traceId);
  }

  /** The runs behind claimed ids. One that is damaged is given up; one of a later version is left alone. */
  async function readClaimed(claimed: readonly string[]): Promise<{ runs: KeptExport[]; damaged: number }> {
    const ids = claimed.filter((_, i) => i % 2 === 0);
    if (ids.length === 0) return { runs: [], damaged: 0 };
    const texts = await redis.pipeline(ids.map((id) => ["GET", exportKey(id)]));
    const runs: KeptExport[] = [];
    const damaged: string[] = [];
    ids.forEach((id, i) => {
      const run = readRun(texts[i]);
      if (run === null) damaged.push(id);
      else if (run !== "later") runs.push({ run, failures: Number(claimed[2 * i + 1]) });
    });
    for (const id of damaged) await remove(id);
    return { runs, damaged: damaged.length };
  }

  return {
    async put(run, holdMs) {
      const id = toTraceId(run.record.request_id);
      const text = encodeExport(run);
      const limits = [keptMs, maxRuns, maxBytes];
      const replies = await redis.pipeline([
        ["SET", exportKey(id), text, "PX", keptMs],
        ["EVAL", PUT, 1, TAG, id, text.length, clock.now(), holdMs, ...limits],
      ]);
      const [kept, dropped, gone] = putReplySchema.parse(replies[1]);
      await forget(kept === 1 ? gone : [...gone, id]);
      return { isKept: kept === 1, dropped };
    },
    async renew(requestIds, holdMs) {
      if (requestIds.length === 0) return [];
      const byTrace = new Map(requestIds.map((id) => [toTraceId(id), id]));
      const discarded = idsSchema.parse(await script(RENEW, clock.now() + holdMs, ...byTrace.keys()));
      return discarded.flatMap((id) => byTrace.get(id) ?? []);
    },
    fail: async (requestId, failures, dueInMs) =>
      (await script(FAIL, toTraceId(requestId), failures, clock.now() + dueInMs)) === 1,
    remove: (requestId) => remove(toTraceId(requestId)),
    async discard(requestId) {
      const id = toTraceId(requestId);
      await forget([id]);
      return (await script(DISCARD, id, clock.now(), keptMs)) === 1;
    },
    async claim(limit, holdMs) {
      const reply = await script(CLAIM, clock.now(), holdMs, keptMs, limit);
      const [old, claimed] = claimReplySchema.parse(reply);
      await forget(old);
      const { runs, damaged } = await readClaimed(claimed);
      return { runs, dropped: old.length + damaged };
    },
    hasten: async (requestId) =>
      (await script(HASTEN, clock.now(), requestId === null ? "" : toTraceId(requestId))) !== 0,
    async counts() {
      const [all, failed] = countReplySchema.parse(await script(COUNT));
      return { pending: all - failed, failed };
    },
  };
}

/** Null for what is gone or damaged. */
function readRun(text: unknown): TraceExport | "later" | null {
  if (typeof text !== "string") return null;
  try {
    return decodeExport(text);
  } catch (error) {
    return error instanceof AppError ? "later" : null;
  }
}
