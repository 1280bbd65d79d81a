import { z } from "zod";
import type { LockedPackage } from "./lockfile";

/** What must be in a bill of materials in CycloneDX's format for anybody to use it. */
const bomSchema = z.object({
  bomFormat: z.literal("CycloneDX"),
  specVersion: z.string().regex(/^1\.[5-9]$/),
  serialNumber: z.string().regex(/^urn:uuid:[0-9a-f-]{36}$/),
  version: z.number().int(),
  metadata: z.object({ component: z.object({ name: z.string(), version: z.string() }) }),
  components: z.array(
    z.object({
      type: z.literal("library"),
      name: z.string(),
      version: z.string(),
      purl: z.string().startsWith("pkg:npm/"),
    }),
  ),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

/**
 * Reads a bill of materials. Throws when it is none or lacks a package of the lockfile; answers with the number of
 * packages in it.
 */
export function checkBom(json: string, packages: readonly LockedPackage[]): number {
  const { components } = bomSchema.parse(JSON.parse(json));
  const described = new Set(components.map(({ name, version }) => `${name}@${version}`));
  const missing = packages.filter(({ name, version }) => !described.has(`${name}@${version}`));
  if (missing.length > 0) {
    const names = missing.slice(0, 5).map(({ name, version }) => `${name}@${version}`);
    throw new Error(
      `The bill of materials lacks ${missing.length} packages of the lockfile: ${names.join(", ")}`,
    );
  }
  return components.length;
}
