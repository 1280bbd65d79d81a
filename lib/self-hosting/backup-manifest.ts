import { z } from "zod";
import { profileSchema } from "./langfuse-settings";
import { readManifestFile, requireUnchanged, weightSchema, writeManifestFile } from "./manifest-file";

const VERSION = 1;

export const PART_FILES = {
  postgres: "postgres.dump",
  clickhouse: "clickhouse.zip",
  bucket: "bucket.tar.gz",
} as const;
export type Part = keyof typeof PART_FILES;

/** Without PostgreSQL where that is the host's. */
const partSchemas = z.object({
  postgres: weightSchema.optional(),
  clickhouse: weightSchema,
  bucket: weightSchema,
});
const manifestSchema = z.object({
  v: z.literal(VERSION),
  made_at: z.number(),
  profile: profileSchema,
  parts: partSchemas,
});
/** What a backup holds, and by which it is known to be whole. */
export type BackupManifest = z.infer<typeof manifestSchema>;

export async function writeManifest(folder: string, manifest: Omit<BackupManifest, "v">): Promise<void> {
  await writeManifestFile(folder, { v: VERSION, ...manifest });
}

/** Reads the manifest of a backup and compares every file with it. Throws with a sentence when one is not as it was. */
export async function readBackup(folder: string): Promise<BackupManifest> {
  const manifest = await readManifestFile(folder, manifestSchema, VERSION);
  for (const part of partSchemas.keyof().options) {
    const expected = manifest.parts[part];
    if (expected) await requireUnchanged(folder, PART_FILES[part], expected);
  }
  return manifest;
}
