import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type BackupManifest, PART_FILES, type Part, writeManifest } from "./backup-manifest";
import type { LangfuseContainers } from "./langfuse-containers";
import { weigh } from "./manifest-file";

export interface BackupOptions {
  /** Epoch milliseconds; also names what ClickHouse writes in between. */
  now: number;
  /** Hears of each part before it is taken. */
  onPart: (part: Part) => void;
}

/**
 * Takes PostgreSQL (when it is ours), ClickHouse and the bucket into a new folder, while Langfuse runs. The folder
 * appears when all of it is there; a failure leaves nothing of it, neither here nor in the containers.
 */
export async function backUpLangfuse(
  containers: LangfuseContainers,
  folder: string,
  { now, onPart }: BackupOptions,
): Promise<Omit<BackupManifest, "v">> {
  if (await stat(folder).catch(() => null)) throw new Error("There is something of that name already.");
  const draft = `${folder}.partial`;
  await mkdir(draft, { recursive: true, mode: 0o700 });
  const take = async (part: Part, pour: (into: NodeJS.WritableStream) => Promise<void>) => {
    onPart(part);
    const path = join(draft, PART_FILES[part]);
    await pour(createWriteStream(path, { mode: 0o600 }));
    return weigh(path);
  };
  try {
    const { profile } = containers;
    const postgres = profile === "full" ? { postgres: await take("postgres", containers.dumpPostgres) } : {};
    const clickhouse = await take("clickhouse", (into) =>
      pourClickhouse(containers, `sidetrace-${now}`, into),
    );
    const bucket = await take("bucket", containers.readBucket);
    const manifest = { made_at: now, profile, parts: { ...postgres, clickhouse, bucket } };
    await writeManifest(draft, manifest);
    await rename(draft, folder);
    return manifest;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function pourClickhouse(containers: LangfuseContainers, name: string, into: NodeJS.WritableStream) {
  try {
    await containers.backUpClickhouse(name);
    await containers.readClickhouseBackup(name, into);
  } finally {
    // What failed above says more than that the container is gone.
    await containers.removeClickhouseBackup(name).catch(() => undefined);
  }
}
