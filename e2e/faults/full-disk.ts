import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mountMemory, unmount } from "./mounts";

/** A file system that can be filled to its last block. */
export interface SmallDisk extends Disposable {
  folder: string;
  fill(): void;
  /** Makes room again. */
  free(): void;
}

const MEGABYTES = 192;
const BLOCK_BYTES = 4096;

export function openSmallDisk(): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), "sidetrace-disk-"));
  mountMemory(folder, MEGABYTES);
  const filler = join(folder, "filler");
  return {
    folder,
    fill() {
      const file = openSync(filler, "w");
      for (const size of [1024 * BLOCK_BYTES, BLOCK_BYTES]) writeAll(file, Buffer.alloc(size));
      closeSync(file);
    },
    free: () => rmSync(filler),
    [Symbol.dispose]() {
      unmount(folder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Writes until there is no room. */
function writeAll(file: number, block: Buffer): void {
  try {
    while (writeSync(file, block) > 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  }
}
