import { z } from "zod";
import { isBehind, type PagePlace } from "./page-cursor";
import type { RedisClient } from "./redis-client";

const CHUNK = 100;
const repliesSchema = z.array(z.string());

/**
 * Walks a sorted set from behind the cursor to its end, in chunks, in the order of `comparePlaces`.
 * Members that share a rank are counted, not compared by Redis, so a set in which all ranks are equal is walked too.
 */
export async function* walkIndex(
  redis: RedisClient,
  key: string,
  cursor: PagePlace | null,
): AsyncGenerator<PagePlace[]> {
  let max: number | null = cursor?.rank ?? null;
  let offset = 0;
  let at = cursor;
  while (true) {
    const places = await readChunk(redis, key, max, offset);
    const last = places.at(-1);
    if (last === undefined) return;
    // A member that arrives before the offset meanwhile moves the last one into this chunk as well.
    yield places.filter((place) => isBehind(place, at));
    if (isBehind(last, at)) at = last;
    if (places.length < CHUNK) return;
    const sameRank = places.filter(({ rank }) => rank === last.rank).length;
    offset = last.rank === max ? offset + places.length : sameRank;
    max = last.rank;
  }
}

async function readChunk(
  redis: RedisClient,
  key: string,
  max: number | null,
  offset: number,
): Promise<PagePlace[]> {
  const range = [key, max ?? "+inf", "-inf", "WITHSCORES", "LIMIT", offset, CHUNK] as const;
  const [reply] = await redis.pipeline([["ZREVRANGEBYSCORE", ...range]]);
  const flat = repliesSchema.parse(reply);
  const places: PagePlace[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) places.push({ id: flat[i] ?? "", rank: Number(flat[i + 1]) });
  return places;
}
