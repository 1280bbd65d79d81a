import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { FILES, type InstallationPorts } from "./back-up";
import type { BackupManifest } from "./backup-manifest";
import { hasConversations, loadConversations } from "./redis-dump";

/** What a restore would replace, in words; empty for a new installation. */
export async function findReplaced({ dataDir, redis, hasIndex }: InstallationPorts): Promise<string[]> {
  const hasOwn = redis ? await hasConversations(redis) : existsSync(join(dataDir, FILES.database));
  const tables = hasIndex ? await readdir(join(dataDir, FILES.index)).catch(() => []) : [];
  return [...(hasOwn ? ["all conversations"] : []), ...(tables.length > 0 ? ["the whole index"] : [])];
}

/**
 * Puts a backup, whose files were compared with its manifest, in the place of what the installation has. For a time
 * when no server runs on it. What is there is moved aside only when its successor is whole.
 */
export async function restore(
  folder: string,
  manifest: BackupManifest,
  ports: InstallationPorts,
): Promise<void> {
  const { dataDir, redis, hasIndex, now } = ports;
  requireSameKind(manifest, ports);
  await mkdir(dataDir, { recursive: true });
  if (manifest.index && hasIndex) await replaceFolder(join(folder, FILES.index), join(dataDir, FILES.index));
  if (redis) await loadConversations(redis, join(folder, FILES.keys), now());
  else await replaceDatabase(join(folder, FILES.database), join(dataDir, FILES.database));
  const secret = join(folder, FILES.secret);
  if (existsSync(secret)) await replaceFile(secret, join(dataDir, FILES.secret));
}

function requireSameKind(
  { conversations, index }: BackupManifest,
  { redis, hasIndex }: InstallationPorts,
): void {
  if (conversations === "redis" && !redis)
    throw new Error("The conversations of this backup were in Redis: set REDIS_URL, then restore it.");
  if (conversations === "sqlite" && redis)
    throw new Error("The conversations of this backup were in a file: unset REDIS_URL, then restore it.");
  if (index && !hasIndex)
    throw new Error(
      "This backup has an index, and INDEX_URI names another place: unset it, then restore it.",
    );
}

async function replaceFolder(from: string, to: string): Promise<void> {
  const draft = `${to}.restoring`;
  await rm(draft, { recursive: true, force: true });
  await cp(from, draft, { recursive: true });
  await rm(to, { recursive: true, force: true });
  await rename(draft, to);
}

async function replaceFile(from: string, to: string): Promise<void> {
  const draft = `${to}.restoring`;
  await copyFile(from, draft);
  await rename(draft, to);
}

/** The log of the old file does not belong to the new one. */
async function replaceDatabase(from: string, to: string): Promise<void> {
  for (const suffix of ["-wal", "-shm"]) await rm(`${to}${suffix}`, { force: true });
  await replaceFile(from, to);
}
