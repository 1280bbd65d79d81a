import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Eraser } from "@/lib/observability/eraser";
import type { Runtime } from "@/lib/runtime";
import type { CitedTexts } from "@/lib/store/cited-document";
import { createRedisCitedTexts } from "@/lib/store/redis-cited-texts";
import type { RedisClient } from "@/lib/store/redis-client";
import { createSqliteCitedTexts } from "@/lib/store/sqlite-kept-rows";
import { langfusePlaces } from "./langfuse-places";
import {
  citationPlace,
  conversationFilePlace,
  damagedIndexPlace,
  earlierIndexPlace,
  indexPlace,
  jobFilePlace,
  uploadPlace,
} from "./local-places";
import type { Place } from "./purge";
import { redisPlaces } from "./redis-places";

interface PlacePorts
  extends Pick<Runtime, "conversations" | "ingest" | "attachments" | "index" | "documents" | "runs"> {
  dataDir: string;
  /** Null: conversations and jobs are in SQLite files, and debug data went with the server that had it in memory. */
  redis: RedisClient | null;
  /** Takes back what waits for Langfuse. */
  discard(requestId: string): Promise<unknown>;
  /** Null when Langfuse is off. */
  eraser: Eraser | null;
}

/** Every place where this installation keeps data, in the order in which it is to be removed. */
export function openPlaces(ports: PlacePorts): { places: Place[]; cited: CitedTexts } {
  const { dataDir, redis, eraser, conversations, ingest, documents, runs } = ports;
  const conversationFile = join(dataDir, "conversations.sqlite");
  const cited = redis ? createRedisCitedTexts(redis) : createSqliteCitedTexts(conversationFile);
  const forget = async (requestId: string) => {
    await runs.delete(requestId);
    await ports.discard(requestId);
  };
  const places = [
    ...(eraser ? langfusePlaces(eraser, (ms) => wait(ms)) : []),
    indexPlace(ports),
    jobFilePlace(join(dataDir, "jobs.sqlite"), ingest),
    uploadPlace(join(dataDir, "uploads")),
    conversationFilePlace(conversationFile, conversations),
    citationPlace(cited),
    ...(redis ? redisPlaces(redis, forget) : []),
    earlierIndexPlace(documents),
    damagedIndexPlace(dataDir),
  ];
  return { places, cited };
}
