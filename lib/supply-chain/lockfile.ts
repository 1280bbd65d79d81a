import { readFileSync } from "node:fs";
import { z } from "zod";

const packageSchema = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().default(false),
  hasInstallScript: z.boolean().default(false),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
});
const lockSchema = z.object({ lockfileVersion: z.literal(3), packages: z.record(z.string(), packageSchema) });

/** A package that the lockfile installs. */
export interface LockedPackage extends z.infer<typeof packageSchema> {
  name: string;
  version: string;
}

const FOLDER = "node_modules/";

/** Every package of a lockfile, by name; one that lies in several places with one version once. */
export function readLockfile(path: string): LockedPackage[] {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  const found = new Map<string, LockedPackage>();
  for (const [place, entry] of Object.entries(packages)) {
    const at = place.lastIndexOf(FOLDER);
    if (at < 0 || entry.version === undefined) continue;
    const name = place.slice(at + FOLDER.length);
    const id = `${name}@${entry.version}`;
    // What both the product and its tests use is shipped.
    const isDev = entry.dev && (found.get(id)?.dev ?? true);
    found.set(id, { ...entry, name, version: entry.version, dev: isDev });
  }
  return [...found.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}
