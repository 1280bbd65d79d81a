const UNITS = ["B", "kB", "MB", "GB"] as const;

/** "640 B", "12 kB", "3.4 MB": powers of 1,024, one decimal below ten. */
export function formatBytes(bytes: number): string {
  const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  const digits = power === 0 || value >= 9.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[power]}`;
}
