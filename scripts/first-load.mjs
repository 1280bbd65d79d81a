// Which scripts browsers load, by the last build.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const PAGE = ".next/server/app/(chat)/page";

export function isBuilt() {
  return existsSync(`${PAGE}/build-manifest.json`);
}

/** The scripts of a first visit to `/`: the framework's, and those that the page, its layouts and its boundaries name. */
export function firstLoadFiles() {
  const manifests = {};
  new Function("globalThis", readFileSync(`${PAGE}_client-reference-manifest.js`, "utf8"))(manifests);
  const [page] = Object.values(manifests.__RSC_MANIFEST);
  const { rootMainFiles } = readJson("build-manifest.json");
  return [...new Set([...rootMainFiles, ...Object.values(page.entryJSFiles).flat()])];
}

/** What the page loads later: for each `import()` its scripts. */
export function lazyFiles() {
  return Object.values(readJson("react-loadable-manifest.json")).map(({ files }) => files);
}

/** Where a script of the build lies. */
export function pathOf(file) {
  return join(".next", file);
}

function readJson(name) {
  return JSON.parse(readFileSync(join(PAGE, name), "utf8"));
}
