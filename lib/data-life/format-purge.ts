import type { PurgeReport } from "./purge";

const shown = (count: number | null) => (count === null ? "–" : String(count));

/** The report as a table for the terminal. */
export function formatPurge({ places, complete }: PurgeReport, { dryRun }: { dryRun: boolean }): string {
  const width = Math.max(...places.map(({ name }) => name.length));
  const rows = places.map(({ name, before, after, fault }) => {
    const counts = `${shown(before).padStart(7)} ${dryRun ? "" : shown(after).padStart(7)}`.trimEnd();
    return `${name.padEnd(width)} ${counts}${fault === null ? "" : `   ${fault}`}`;
  });
  const head = `${"".padEnd(width)} ${"found".padStart(7)} ${dryRun ? "" : "left".padStart(7)}`.trimEnd();
  return [head, ...rows, "", verdict(complete, dryRun)].join("\n");
}

function verdict(complete: boolean, dryRun: boolean): string {
  if (dryRun) return "Nothing was removed: this was a dry run.";
  return complete
    ? "All of it is gone: every place was read again."
    : "Not everything is gone. See above, then run the same command again.";
}
