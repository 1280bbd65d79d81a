import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { z } from "zod";
import {
  readManifestFile,
  requireUnchanged,
  weigh,
  weightSchema,
  writeManifestFile,
} from "@/lib/self-hosting/manifest-file";

const VERSION = 1;

const manifestSchema = z.object({
  v: z.literal(VERSION),
  made_at: z.number(),
  /** Where conversations were kept. */
  conversations: z.enum(["sqlite", "redis"]),
  /** Whether the index is in it; one on object storage is not. */
  index: z.boolean(),
  /** By path, with `/`. */
  files: z.record(z.string(), weightSchema),
});
export type BackupManifest = z.infer<typeof manifestSchema>;

/** Describes every file of a folder, so that a backup is known to be whole. */
export async function writeManifest(
  folder: string,
  facts: Pick<BackupManifest, "made_at" | "conversations" | "index">,
): Promise<BackupManifest> {
  const files: BackupManifest["files"] = {};
  for (const path of await filesBelow(folder)) files[path] = await weigh(join(folder, path));
  const manifest: BackupManifest = { v: VERSION, ...facts, files };
  await writeManifestFile(folder, manifest);
  return manifest;
}

/** Reads the manifest of a backup and compares every file with it. Throws one sentence when one is not as it was. */
export async function readBackup(folder: string): Promise<BackupManifest> {
  const manifest = await readManifestFile(folder, manifestSchema, VERSION);
  for (const [path, weight] of Object.entries(manifest.files)) await requireUnchanged(folder, path, weight);
  return manifest;
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}
