import { z } from "zod";
import { runSortSchema } from "@/lib/domain/run-list";
import { AppError } from "@/lib/errors";
import { encodeAtRest } from "./at-rest-codec";
import { decodeCursor, type PagePlace, toPage } from "./page-cursor";
import type { RedisClient, RedisCommand } from "./redis-client";
import { walkIndex } from "./redis-index";
import { decodeFacts, decodeSummary } from "./run-codec";
import { matchesRunQuery, placeOf } from "./run-filter";
import { deletedKey, runIndexKey, runKeys } from "./run-keys";
import type { RunFacts, RunPage, RunQuery, RunSummary } from "./run-store";

/** How many of the oldest members each new line looks at, so that the index shrinks even when nobody lists. */
const SWEEP = 16;
/** The index outlives the last run by this, then Redis drops it by itself. */
const INDEX_MARGIN_SECONDS = 86_400;

/** Sets the line; it expires together with the run it belongs to. Ignored when that was deleted. */
const PUT = `
if redis.call('EXISTS', KEYS[3]) == 1 then return 1 end
local left = redis.call('PTTL', KEYS[2])
redis.call('SET', KEYS[1], ARGV[1], 'PX', left > 0 and left or ARGV[2])
return 1`;

const textSchema = z.string().nullable();
const membersSchema = z.array(z.string());
const factFieldsSchema = z.tuple([textSchema, textSchema]);

interface Line {
  summary: RunSummary;
  facts: RunFacts;
}

/** The list of runs: one sorted set for each way to sort, and one line for each run. */
export function createRedisRunIndex({ redis, ttlSeconds }: { redis: RedisClient; ttlSeconds: number }) {
  async function put(summary: RunSummary): Promise<void> {
    const id = summary.request_id;
    const { summary: line, facts } = runKeys(id);
    const commands: RedisCommand[] = [
      ["EVAL", PUT, 3, line, facts, deletedKey(id), encodeAtRest(summary), ttlSeconds * 1000],
    ];
    for (const sort of runSortSchema.options) {
      commands.push(["ZADD", runIndexKey(sort), placeOf(summary, sort).rank, id]);
      commands.push(["EXPIRE", runIndexKey(sort), 2 * ttlSeconds + INDEX_MARGIN_SECONDS]);
    }
    const replies = await redis.pipeline([...commands, ["ZRANGE", runIndexKey("time"), 0, SWEEP - 1]]);
    await sweep(membersSchema.parse(replies.at(-1)));
  }

  async function sweep(ids: readonly string[]): Promise<void> {
    const present = await redis.pipeline(ids.map((id) => ["EXISTS", runKeys(id).summary]));
    await remove(ids.filter((_, i) => present[i] === 0));
  }

  async function remove(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await redis.pipeline(runSortSchema.options.map((sort) => ["ZREM", runIndexKey(sort), ...ids]));
  }

  async function list(query: RunQuery): Promise<RunPage> {
    const cursor = query.before === undefined ? null : decodeCursor(query.before);
    const found: { place: PagePlace; item: Line }[] = [];
    const expired: string[] = [];
    for await (const places of walkIndex(redis, runIndexKey(query.sort), cursor)) {
      const lines = await readLines(redis, places);
      places.forEach((place, i) => {
        const line = lines[i];
        if (line === null) expired.push(place.id);
        else if (line && matchesRunQuery(query, line.summary, line.facts)) found.push({ place, item: line });
      });
      if (found.length > query.limit) break;
    }
    await remove(expired);
    return toPage(found, query.limit);
  }

  return { put, list, remove };
}

/** The lines at these places: null where the run has expired, undefined where a later version wrote it. */
async function readLines(
  redis: RedisClient,
  places: readonly PagePlace[],
): Promise<(Line | null | undefined)[]> {
  const commands = places.flatMap(({ id }): RedisCommand[] => {
    const keys = runKeys(id);
    return [
      ["GET", keys.summary],
      ["HMGET", keys.facts, "feedback", "trace"],
    ];
  });
  const replies = await redis.pipeline(commands);
  return places.map((_, i) => {
    const summary = textSchema.parse(replies[2 * i]);
    return summary === null ? null : toLine(summary, factFieldsSchema.parse(replies[2 * i + 1]));
  });
}

/** A line that cannot be read must not hide the others. */
function toLine(summary: string, [feedback, trace]: [string | null, string | null]): Line | undefined {
  try {
    return { summary: decodeSummary(summary), facts: decodeFacts(feedback, trace) };
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError || error instanceof AppError)
      return undefined;
    throw error;
  }
}
