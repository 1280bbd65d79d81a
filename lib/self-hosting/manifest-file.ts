import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";

const MANIFEST = "manifest.json";

/** Size and digest of a file, by which it is known to be whole. */
export const weightSchema = z.object({
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
type Weight = z.infer<typeof weightSchema>;

/** Size and digest of a file of a backup. */
export async function weigh(path: string): Promise<Weight> {
  const digest = createHash("sha256");
  await pipeline(createReadStream(path), digest);
  return { bytes: (await stat(path)).size, sha256: digest.digest("hex") };
}

/** Throws with a sentence when a file of a backup is not as it was written. */
export async function requireUnchanged(folder: string, path: string, { sha256 }: Weight): Promise<void> {
  const found = await weigh(join(folder, path)).catch(() => null);
  if (found?.sha256 !== sha256) throw new Error(`The backup is damaged: ${path} is not as it was written.`);
}

/** Writes what a backup holds beside it, for its owner alone. */
export async function writeManifestFile(folder: string, manifest: { v: number }): Promise<void> {
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
}

/** Reads what a backup holds. Throws with a sentence for a folder that is none, is damaged, or of a later version. */
export async function readManifestFile<M extends { v: number }>(
  folder: string,
  schema: z.ZodType<M>,
  version: M["v"],
): Promise<M> {
  const text = await readFile(join(folder, MANIFEST), "utf8").catch(() => null);
  if (text === null) throw new Error("This folder is no backup: it has no manifest.json.");
  const value = parseJson(text);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const isLater = z.object({ v: z.number().gt(version) }).safeParse(value).success;
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
