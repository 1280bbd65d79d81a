import { z } from "zod";
import type { Clock } from "@/lib/domain/clock";
import { AppError } from "@/lib/errors";
import { EXPORT_KEPT_MS, type ExportBuffer, type ExportLimits, type KeptExport } from "./export-buffer";
import type { ExportKind } from "./export-codec";
import type { RedisClient } from "./redis-client";
import { CLAIM, COUNT, DISCARD, FAIL, HASTEN, PUT, REMOVE, RENEW } from "./redis-export-scripts";

const idsSchema = z.array(z.string());
const putReplySchema = z.tuple([z.number(), z.number(), idsSchema]);
const claimReplySchema = z.tuple([idsSchema, idsSchema]);
const countReplySchema = z.tuple([z.number(), z.number()]);

interface RedisExportBufferOptions extends ExportLimits {
  redis: RedisClient;
  /** Wall clock; hosts that share a Redis agree on it to within a few seconds. */
  clock: Clock;
}

/** What waits, in Redis: whichever process is there sends it. */
export function createRedisExportBuffer<Item>(
  kind: ExportKind<Item>,
  { redis, clock, maxItems, maxBytes, keptMs = EXPORT_KEPT_MS }: RedisExportBufferOptions,
): ExportBuffer<Item> {
  /** Declared in each script call, so that a cluster finds the node that has all of the index. */
  const age = `exports:{${kind.index}}:age`;
  const script = (text: string, ...args: (string | number)[]) =>
    redis.pipeline([["EVAL", text, 1, age, ...args]]).then(([reply]) => reply);

  async function forget(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await redis.pipeline(ids.map((id) => ["DEL", kind.keyOf(id)]));
  }

  async function remove(id: string): Promise<void> {
    await forget([id]);
    await script(REMOVE, id);
  }

  /** The items behind claimed ids. One that is damaged is given up; one of a later version is left alone. */
  async function readClaimed(
    claimed: readonly string[],
  ): Promise<{ kept: KeptExport<Item>[]; damaged: number }> {
    const ids = claimed.filter((_, i) => i % 2 === 0);
    if (ids.length === 0) return { kept: [], damaged: 0 };
    const texts = await redis.pipeline(ids.map((id) => ["GET", kind.keyOf(id)]));
    const kept: KeptExport<Item>[] = [];
    const damaged: string[] = [];
    ids.forEach((id, i) => {
      const read = readItem(kind, texts[i]);
      if (read === null) damaged.push(id);
      else if (read !== "later") kept.push({ ...read, failures: Number(claimed[2 * i + 1]) });
    });
    for (const id of damaged) await remove(id);
    return { kept, damaged: damaged.length };
  }

  return {
    async put(item, holdMs) {
      const id = kind.idOf(item);
      const text = kind.encode(item);
      const limits = [keptMs, maxItems, maxBytes];
      const replies = await redis.pipeline([
        ["SET", kind.keyOf(id), text, "PX", keptMs],
        ["EVAL", PUT, 1, age, id, text.length, clock.now(), holdMs, ...limits],
      ]);
      const [kept, dropped, gone] = putReplySchema.parse(replies[1]);
      await forget(kept === 1 ? gone : [...gone, id]);
      return { isKept: kept === 1, dropped };
    },
    async renew(ids, holdMs) {
      if (ids.length === 0) return [];
      return idsSchema.parse(await script(RENEW, clock.now() + holdMs, ...ids));
    },
    fail: async (id, failures, dueInMs) => (await script(FAIL, id, failures, clock.now() + dueInMs)) === 1,
    remove,
    async discard(id) {
      await forget([id]);
      return (await script(DISCARD, id, clock.now(), keptMs)) === 1;
    },
    async claim(limit, holdMs) {
      const reply = await script(CLAIM, clock.now(), holdMs, keptMs, limit);
      const [old, claimed] = claimReplySchema.parse(reply);
      await forget(old);
      const { kept, damaged } = await readClaimed(claimed);
      return { kept, dropped: old.length + damaged };
    },
    hasten: async (id) => (await script(HASTEN, clock.now(), id ?? "")) !== 0,
    async counts() {
      const [all, failed] = countReplySchema.parse(await script(COUNT));
      return { pending: all - failed, failed };
    },
  };
}

/** Null for what is gone or damaged. */
function readItem<Item>(kind: ExportKind<Item>, text: unknown): { item: Item } | "later" | null {
  if (typeof text !== "string") return null;
  try {
    return { item: kind.decode(text) };
  } catch (error) {
    return error instanceof AppError ? "later" : null;
  }
}
