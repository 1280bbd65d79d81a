import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { z } from "zod";
import { weigh } from "@/lib/self-hosting/backup-manifest";

const MANIFEST = "manifest.json";
const VERSION = 1;

const weightSchema = z.object({ bytes: z.number().int().nonnegative(), sha256: z.string() });
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
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  return manifest;
}

/** Reads the manifest of a backup and compares every file with it. Throws one sentence when one is not as it was. */
export async function readBackup(folder: string): Promise<BackupManifest> {
  const text = await readFile(join(folder, MANIFEST), "utf8").catch(() => null);
  if (text === null) throw new Error("This folder is no backup: it has no manifest.json.");
  const manifest = parseManifest(text);
  for (const [path, { sha256 }] of Object.entries(manifest.files)) {
    const found = await weigh(join(folder, path)).catch(() => null);
    if (found?.sha256 !== sha256) throw new Error(`The backup is damaged: ${path} is not as it was written.`);
  }
  return manifest;
}

function parseManifest(text: string): BackupManifest {
  const value = parseJson(text);
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const isLater = z.object({ v: z.number().gt(VERSION) }).safeParse(value).success;
  throw new Error(
    isLater
      ? "This backup was made by a later version."
      : "The backup is damaged: manifest.json cannot be read.",
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}
