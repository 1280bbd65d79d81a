import { randomUUID } from "node:crypto";
import { createWriteStream, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "@/lib/errors";

/** Received files, each under the id of its job, until they are in the index. */
export interface UploadFolder {
  /** Tells this folder from those of other machines. */
  readonly place: string;
  /**
   * Keeps a file. Throws `unavailable` when it cannot be written, or the content's own error; then nothing of
   * the file stays.
   */
  receive(id: string, content: Readable): Promise<void>;
  /** Null when the file is not (any longer) kept. */
  read(id: string): Promise<Buffer | null>;
  has(id: string): Promise<boolean>;
  discard(ids: readonly string[]): Promise<void>;
  /** Removes what nobody wants and was not touched since `before` (epoch ms). */
  sweep(before: number, isWanted: (id: string) => Promise<boolean>): Promise<void>;
}

const PLACE = "place";
const PARTIAL = ".part";

/** Opens the folder, and makes it when it is missing. */
export function openUploadFolder(folder: string): UploadFolder {
  mkdirSync(folder, { recursive: true });
  const pathOf = (id: string) => join(folder, id);
  return {
    place: readPlace(folder),
    async receive(id, content) {
      const partial = `${pathOf(id)}${PARTIAL}`;
      try {
        await pipeline(content, createWriteStream(partial, { mode: 0o600, flush: true }));
        await rename(partial, pathOf(id));
      } catch (error) {
        await rm(partial, { force: true, recursive: true });
        throw toReceiveError(error);
      }
    },
    read: (id) => readFile(pathOf(id)).catch(nullIfMissing),
    has: async (id) => (await stat(pathOf(id)).catch(nullIfMissing)) !== null,
    async discard(ids) {
      for (const id of ids) await rm(pathOf(id), { force: true });
    },
    async sweep(before, isWanted) {
      for (const file of await readdir(folder)) {
        const path = join(folder, file);
        const found = file === PLACE ? null : await stat(path).catch(nullIfMissing);
        if (!found || found.mtimeMs >= before) continue;
        if (file.endsWith(PARTIAL) || !(await isWanted(file))) await rm(path, { force: true });
      }
    },
  };
}

/** Made by whoever opens the folder first; several may do so at once. */
function readPlace(folder: string): string {
  const own = join(folder, `${randomUUID()}${PARTIAL}`);
  writeFileSync(own, randomUUID());
  try {
    linkSync(own, join(folder, PLACE));
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    rmSync(own);
  }
  return readFileSync(join(folder, PLACE), "utf8");
}

function nullIfMissing(error: unknown): null {
  if (codeOf(error) === "ENOENT") return null;
  throw error;
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

/** Codes of a disk that has no room, and of one that cannot be written. */
const FULL = ["ENOSPC", "EDQUOT"];
const UNWRITABLE = ["EIO", "EROFS", "EACCES", "EPERM", "EMFILE", "ENFILE", "ENOENT", "ENOTDIR", "EFBIG"];

function toReceiveError(error: unknown): unknown {
  const code = codeOf(error) ?? "";
  if (FULL.includes(code)) {
    const message = "The disk of the server is full; make room in DATA_DIR, then upload again.";
    return new AppError("unavailable", message, { cause: error });
  }
  if (!UNWRITABLE.includes(code)) return error;
  const message = "The server could not keep the file: is DATA_DIR writable?";
  return new AppError("unavailable", message, { cause: error });
}
