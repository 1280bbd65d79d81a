import { existsSync } from "node:fs";
import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { RedisClient } from "@/lib/store/redis-client";
import { copyDatabase } from "@/lib/store/sqlite-kept-rows";
import { type BackupManifest, writeManifest } from "./backup-manifest";
import { copyIndex } from "./copy-index";
import { dumpConversations } from "./redis-dump";

/** What a backup has, by the names that it has there. */
export const FILES = {
  database: "conversations.sqlite",
  keys: "conversations.jsonl",
  index: "index",
  secret: "session-secret",
} as const;

export interface InstallationPorts {
  dataDir: string;
  /** Null: conversations are in a SQLite file. */
  redis: RedisClient | null;
  /** Whether the index is in the data directory. */
  hasIndex: boolean;
  now: () => number;
}

/**
 * Takes conversations, the index and the secret that signs cookies into a new folder, while the server runs. The
 * folder appears when all of it is there; a failure leaves nothing.
 */
export async function backUp(folder: string, ports: InstallationPorts): Promise<BackupManifest> {
  const { dataDir, redis, hasIndex, now } = ports;
  if (existsSync(folder)) throw new Error("There is something of that name already.");
  const draft = `${folder}.partial`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  try {
    const made_at = now();
    if (redis) await dumpConversations(redis, join(draft, FILES.keys), now);
    else await copyDatabase(join(dataDir, FILES.database), join(draft, FILES.database));
    if (hasIndex) await copyIndex(join(dataDir, FILES.index), join(draft, FILES.index));
    const secret = join(dataDir, FILES.secret);
    if (existsSync(secret)) await copyFile(secret, join(draft, FILES.secret));
    const manifest = await writeManifest(draft, {
      made_at,
      conversations: redis ? "redis" : "sqlite",
      index: hasIndex,
    });
    await rename(draft, folder);
    return manifest;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}
