import type { LockedPackage } from "./lockfile";

/** May be shipped: they ask for their notice at most, or (LGPL, MPL) for the source of what was changed in them. */
const SHIPPED = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC-BY-4.0",
  "ISC",
  "LGPL-3.0-or-later",
  "MIT",
  "Zlib",
]);
/** May be used to build and to test. */
const USED = new Set([...SHIPPED, "CC0-1.0", "MPL-2.0", "Python-2.0"]);

/** Packages that name no licence where npm looks for it, and where theirs was found. */
const FOUND: Readonly<Record<string, { licence: string; where: string }>> = {
  busboy: { licence: "MIT", where: "its LICENSE" },
  dicer: { licence: "MIT", where: "its LICENSE" },
  "json-bignum": { licence: "MIT", where: "its LICENSE" },
  "png-js": { licence: "MIT", where: "its LICENSE" },
  streamsearch: { licence: "MIT", where: "its LICENSE" },
};
/** Packages without a word about a licence: parts of a test server, never shipped. */
const UNSTATED = new Set(["humanize-number", "only"]);

export const UNKNOWN = "none stated";

/** The licence of a package as an SPDX expression. */
export function licenceOf({ name, license }: LockedPackage): string {
  return license ?? FOUND[name]?.licence ?? UNKNOWN;
}

/** What may not be installed as it is: a licence that is not on the list, or none. */
export function findForbidden(packages: readonly LockedPackage[]): string[] {
  return packages.flatMap((entry) => {
    const { name, version, dev } = entry;
    const licence = licenceOf(entry);
    if (licence === UNKNOWN ? dev && UNSTATED.has(name) : isAllowed(licence, dev ? USED : SHIPPED)) return [];
    return [`${name} ${version}: ${licence}${dev ? " (tests and builds only)" : ""}`];
  });
}

/** Whether some choice that an expression leaves is allowed. */
function isAllowed(expression: string, allowed: ReadonlySet<string>): boolean {
  return expression
    .replace(/[()]/g, " ")
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((licence) => allowed.has(licence.trim())));
}

/** The list of all packages with their licences, as Markdown. */
export function formatLicences(packages: readonly LockedPackage[]): string {
  const shipped = packages.filter(({ dev }) => !dev);
  const used = packages.filter(({ dev }) => dev);
  const found = Object.entries(FOUND).map(
    ([name, { licence, where }]) => `- ${name}: ${licence}, from ${where}`,
  );
  return [
    "# Third-party software",
    "",
    "Made by `npm run licences` out of `package-lock.json`. A test fails when this list is out of date, and when a",
    "package has a licence that is not on the list in `lib/supply-chain/licences.ts`.",
    "",
    `## Installed with the product (${shipped.length})`,
    "",
    "Packages for other platforms and optional ones are among them.",
    "",
    ...toTable(shipped),
    "",
    `## Used to build and to test (${used.length})`,
    "",
    ...toTable(used),
    "",
    "## Licences that npm does not know of",
    "",
    ...found,
    ...[...UNSTATED].map((name) => `- ${name}: none stated; part of a test server`),
    "",
  ].join("\n");
}

function toTable(packages: readonly LockedPackage[]): string[] {
  const rows = packages.map((entry) => `| ${entry.name} | ${entry.version} | ${licenceOf(entry)} |`);
  return ["| package | version | licence |", "|---|---|---|", ...rows];
}
