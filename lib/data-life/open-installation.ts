import { setTimeout as wait } from "node:timers/promises";
import { isSidetrace } from "@/lib/doctor/check-ports";
import { systemClock } from "@/lib/domain/clock";
import type { Settings } from "@/lib/env";
import { createRedisClient, type RedisClient } from "@/lib/store/redis-client";
import type { InstallationPorts } from "./back-up";

const CONNECT_TRIES = 25;
const POLL_MS = 200;

/** What backing up and restoring need of an installation. Throws when its Redis does not answer. */
export async function openInstallation(
  settings: Pick<Settings, "DATA_DIR" | "INDEX_URI" | "REDIS_URL">,
): Promise<InstallationPorts & { close(): void }> {
  const redis = await connect(settings);
  return {
    dataDir: settings.DATA_DIR,
    redis,
    hasIndex: settings.INDEX_URI === undefined,
    now: systemClock.now,
    close: () => redis?.close(),
  };
}

/** Null where no Redis is set. Throws when the one that is set does not answer. */
export async function connect({ REDIS_URL }: Pick<Settings, "REDIS_URL">): Promise<RedisClient | null> {
  if (REDIS_URL === undefined) return null;
  const redis = createRedisClient(REDIS_URL);
  for (let tries = 0; tries < CONNECT_TRIES && !redis.isReady(); tries += 1) await wait(POLL_MS);
  if (redis.isReady()) return redis;
  redis.close();
  throw new Error("Redis does not answer, so nothing was done. Start it, then try again.");
}

/** Throws while a server runs here: what it has open, or in its memory, cannot be changed under it. */
export async function refuseRunningServer(
  settings: Pick<Settings, "HOST" | "PORT">,
  reason: string,
): Promise<void> {
  if (await isSidetrace(settings.HOST, settings.PORT)) throw new Error(`Stop the server first: ${reason}`);
}
