import { createReadStream } from "node:fs";
import { join } from "node:path";
import { PART_FILES, type Part, readBackup } from "./backup-manifest";
import type { LangfuseContainers } from "./langfuse-containers";

export interface RestoreOptions {
  now: number;
  /** Hears of each part before it is put back. */
  onPart: (part: Part) => void;
}

/**
 * Puts a backup in the place of what Langfuse has. The backup is compared with its manifest before anything is
 * touched; what writes is stopped meanwhile, and started again however this ends. The same call may be repeated
 * after a failure.
 */
export async function restoreLangfuse(
  containers: LangfuseContainers,
  folder: string,
  { now, onPart }: RestoreOptions,
): Promise<void> {
  const { parts, profile } = await readBackup(folder);
  if (profile !== containers.profile) {
    throw new Error(`This backup is of the profile ${profile}, and ${containers.profile} runs.`);
  }
  const read = (part: Part) => {
    onPart(part);
    return createReadStream(join(folder, PART_FILES[part]));
  };
  await containers.stopWriters();
  try {
    if (parts.postgres) await containers.restorePostgres(read("postgres"));
    await putClickhouse(containers, `sidetrace-${now}`, read("clickhouse"));
    await containers.writeBucket(read("bucket"));
    if (profile === "full") await containers.emptyQueue();
  } catch (error) {
    await containers.startWriters().catch(() => undefined);
    throw error;
  }
  await containers.startWriters();
}

async function putClickhouse(containers: LangfuseContainers, name: string, from: NodeJS.ReadableStream) {
  try {
    await containers.writeClickhouseBackup(name, from);
    await containers.restoreClickhouse(name);
  } finally {
    await containers.removeClickhouseBackup(name).catch(() => undefined);
  }
}
