import type { LockedPackage } from "./lockfile";

/**
 * Packages whose script at their installation does nothing that we need, since what it would make comes as a package
 * of its own for every platform that we name. `.npmrc` switches all such scripts off.
 */
const NOT_NEEDED = new Set(["@parcel/watcher", "@swc/core"]);

/** Packages that want to run a script when they are installed, and were not looked at. */
export function findInstallScripts(packages: readonly LockedPackage[]): string[] {
  return packages
    .filter(({ name, hasInstallScript }) => hasInstallScript && !NOT_NEEDED.has(name))
    .map(({ name, version }) => `${name} ${version}`);
}
