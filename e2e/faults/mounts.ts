import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const isRoot = process.getuid?.() === 0;

/** Lets nobody write in a folder until it is disposed of: by a mount for root, else by permissions. */
export function lockFolder(folder: string): Disposable {
  if (!isRoot) {
    setPermissions(folder, 0o555);
    return { [Symbol.dispose]: () => setPermissions(folder, 0o755) };
  }
  // A mount in which somebody writes cannot be made read-only: made so elsewhere, it then takes the folder's place.
  const elsewhere = mkdtempSync(join(tmpdir(), "sidetrace-locked-"));
  run("mount", "--bind", folder, elsewhere);
  run("mount", "-o", "remount,ro,bind", elsewhere);
  run("mount", "--bind", elsewhere, folder);
  unmount(elsewhere);
  rmdirSync(elsewhere);
  return { [Symbol.dispose]: () => unmount(folder) };
}

/** Why a folder cannot be locked here; null where it can. */
export function lockObstacle(): string | null {
  return isRoot ? mountObstacle() : null;
}

/** A file system in memory of its own, for a disk that can be full. */
export function mountMemory(folder: string, megabytes: number): void {
  run("mount", "-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder);
}

/** At once for whoever opens something from now on, though somebody has a file there open. */
export function unmount(folder: string): void {
  run("umount", "-l", folder);
}

/** Why there can be no mount here; null where there can. */
export function mountObstacle(): string | null {
  if (!isRoot) return "It needs root, to mount a small file system.";
  const { status } = spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
  return status === 0 ? null : "This machine lets nobody mount a file system, as some containers do.";
}

function run(command: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
}

function setPermissions(folder: string, mode: number): void {
  chmodSync(folder, mode);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) setPermissions(path, mode);
  }
}
