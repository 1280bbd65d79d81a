import { readdir, stat } from "node:fs/promises";
import { basename, extname, join, relative, resolve } from "node:path";
import { ACCEPTED_EXTENSIONS } from "@/lib/domain/document-file";
import { AppError } from "@/lib/errors";

/** A file of this machine and the name of its document. */
export interface LocalFile {
  path: string;
  name: string;
}

/**
 * The files that these paths name. A folder stands for the files in and below it that can be read, named from
 * the folder on, as an upload of it in the page would name them; hidden ones and links are left out. Throws
 * `invalid_request` for a path that leads nowhere.
 */
export async function collectFiles(paths: readonly string[]): Promise<LocalFile[]> {
  const found = await Promise.all(paths.map(collect));
  return found.flat();
}

async function collect(path: string): Promise<LocalFile[]> {
  const facts = await stat(path).catch(() => null);
  if (!facts) throw new AppError("invalid_request", `${path} is not there.`);
  if (!facts.isDirectory()) return [{ path, name: basename(path) }];
  const top = basename(resolve(path));
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && ACCEPTED_EXTENSIONS.includes(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !isHidden(relative(path, file)))
    .sort()
    .map((file) => ({ path: file, name: join(top, relative(path, file)) }));
}

function isHidden(path: string): boolean {
  return path.split(/[\\/]/).some((part) => part.startsWith("."));
}
