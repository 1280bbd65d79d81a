import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { profileSchema } from "./langfuse-settings";

const MANIFEST = "manifest.json";
const VERSION = 1;

export const PART_FILES = {
  postgres: "postgres.dump",
  clickhouse: "clickhouse.zip",
  bucket: "bucket.tar.gz",
} as const;
export type Part = keyof typeof PART_FILES;

const partSchema = z.object({
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
/** Without PostgreSQL where that is the host's. */
const partSchemas = z.object({ postgres: partSchema.optional(), clickhouse: partSchema, bucket: partSchema });
const manifestSchema = z.object({
  v: z.literal(VERSION),
  made_at: z.number(),
  profile: profileSchema,
  parts: partSchemas,
});
/** What a backup holds, and by which it is known to be whole. */
export type BackupManifest = z.infer<typeof manifestSchema>;

/** Size and digest of a file of a backup. */
export async function weigh(path: string): Promise<z.infer<typeof partSchema>> {
  const digest = createHash("sha256");
  await pipeline(createReadStream(path), digest);
  return { bytes: (await stat(path)).size, sha256: digest.digest("hex") };
}

export async function writeManifest(folder: string, manifest: Omit<BackupManifest, "v">): Promise<void> {
  await writeFile(join(folder, MANIFEST), `${JSON.stringify({ v: VERSION, ...manifest }, null, 2)}\n`, {
    mode: 0o600,
  });
}

/** Reads the manifest of a backup and compares every file with it. Throws with a sentence when one is not as it was. */
export async function readBackup(folder: string): Promise<BackupManifest> {
  const text = await readFile(join(folder, MANIFEST), "utf8").catch(() => null);
  if (text === null) throw new Error("This folder is no backup: it has no manifest.json.");
  const manifest = parseManifest(text);
  for (const part of partSchemas.keyof().options) {
    const expected = manifest.parts[part];
    if (!expected) continue;
    const file = PART_FILES[part];
    const found = await weigh(join(folder, file)).catch(() => null);
    if (found?.sha256 !== expected.sha256)
      throw new Error(`The backup is damaged: ${file} is not as it was written.`);
  }
  return manifest;
}

function parseManifest(text: string): BackupManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const later = z.object({ v: z.number().gt(VERSION) }).safeParse(value).success;
  throw new Error(
    later
      ? "This backup was made by a later version."
      : "The backup is damaged: manifest.json cannot be read.",
  );
}
