import { copyFile, mkdir, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

const VERSIONS = "_versions";

/**
 * Copies the tables of an index folder as they are at one moment each, while they are written to. A version's own
 * file is written last and what it names stays for an hour at least, so versions are copied before everything else:
 * whatever the newest one names is there when its turn comes.
 */
export async function copyIndex(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const table of await readdir(from)) {
    if (!(await stat(join(from, table))).isDirectory()) continue;
    await copyBelow(join(from, table, VERSIONS), join(to, table, VERSIONS));
    await copyBelow(join(from, table), join(to, table), VERSIONS);
  }
}

async function copyBelow(from: string, to: string, without?: string): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true }).catch(nothingIfGone);
  for (const entry of entries) {
    if (entry.name === without) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyBelow(source, target);
    else {
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      // Of an older version, which the caretaker has just removed.
      await copyFile(source, target).catch(nothingIfGone);
    }
  }
}

function nothingIfGone(error: unknown): [] {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
  throw error;
}
