// What the commands that back up and restore are told, and what they say of a backup.
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";

/** The folder that a backup goes to: as told, else one below backups with its kind and the time. */
export function readNewFolder(kind, usage) {
  return orUsage(usage, () => {
    const { positionals } = parseArgs({ allowPositionals: true });
    if (positionals.length > 1) throw new Error("one folder");
    const time = new Date().toISOString().replaceAll(":", "-").slice(0, 19);
    return positionals[0] ?? join("backups", `${kind}-${time}`);
  });
}

/** The folder of a backup that is to be put back, and whether that was confirmed. */
export function readRestoreArguments(usage) {
  return orUsage(usage, () => {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { yes: { type: "boolean", default: false } },
    });
    if (positionals.length !== 1) throw new Error("one folder");
    return { folder: positionals[0], yes: values.yes };
  });
}

/** Where a backup is and how large, by the weights of its files. */
export function describeBackup(folder, files) {
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  return `${join(basename(dirname(folder)), basename(folder))}: ${(bytes / 2 ** 20).toFixed(1)} MiB.`;
}

function orUsage(usage, read) {
  try {
    return read();
  } catch {
    console.error(usage);
    return process.exit(2);
  }
}
