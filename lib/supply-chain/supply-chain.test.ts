import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findInstallScripts } from "./install-scripts";
import { findForbidden, formatLicences } from "./licences";
import { type LockedPackage, readLockfile } from "./lockfile";
import { checkBom } from "./sbom";

const packages = readLockfile("package-lock.json");
const made = (fields: Partial<LockedPackage>): LockedPackage => ({
  name: "made",
  version: "1.0.0",
  dev: false,
  hasInstallScript: false,
  ...fields,
});

describe("the lockfile", () => {
  it("fixes the content of every package, and says of none where it was fetched", () => {
    expect(packages.length).toBeGreaterThan(500);
    expect(packages.filter(({ integrity }) => !integrity)).toEqual([]);
    expect(packages.filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });

  it("is what package.json asks for, in exact versions", () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      readFileSync("package.json", "utf8"),
    );
    const asked = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
    const locked = new Set(packages.map(({ name, version }) => `${name}@${version}`));
    expect(asked.filter(([name, version]) => !locked.has(`${name}@${version}`))).toEqual([]);
  });
});

describe("licences", () => {
  it("are all on the list of what may be shipped, or used", () => {
    expect(findForbidden(packages)).toEqual([]);
  });

  it("are in THIRD-PARTY.md as they are now", () => {
    expect(readFileSync("THIRD-PARTY.md", "utf8")).toBe(formatLicences(packages));
  });

  it.each(["GPL-3.0-or-later", "MIT AND AGPL-3.0-only", "SEE LICENSE IN x", undefined])(
    "refuse %s",
    (license) => {
      expect(findForbidden([made({ ...(license && { license }) })])).toHaveLength(1);
    },
  );

  it.each(["(MIT OR GPL-3.0-or-later)", "Apache-2.0 AND MIT"])("accept %s", (license) => {
    expect(findForbidden([made({ license })])).toEqual([]);
  });

  it("may be weaker for tools than for what is shipped", () => {
    expect(findForbidden([made({ license: "MPL-2.0", dev: true })])).toEqual([]);
    expect(findForbidden([made({ license: "MPL-2.0" })])).toHaveLength(1);
  });
});

describe("scripts at installation", () => {
  it("are needed by no package, and switched off", () => {
    expect(findInstallScripts(packages)).toEqual([]);
    expect(readFileSync(".npmrc", "utf8")).toMatch(/^ignore-scripts=true$/m);
  });

  it("of a package that nobody looked at are found", () => {
    expect(findInstallScripts([made({ hasInstallScript: true })])).toEqual(["made 1.0.0"]);
  });
});

describe("the bill of materials", () => {
  const args = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"];
  const { stdout } = spawnSync("npm", args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });

  it("has every package of the lockfile", () => {
    expect(checkBom(stdout, packages)).toBeGreaterThanOrEqual(packages.length);
  });

  it("that lacks one is refused", () => {
    expect(() => checkBom(stdout, [...packages, made({})])).toThrow(/lacks 1 packages.*made@1.0.0/);
  });
});
