// Fails when a page makes browsers load too much JavaScript. Measures the last build.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** What a first visit to `/` may take. */
const FIRST_LOAD_BYTES = 230_000;
/** What the chunk of the debug panel may take, which only developers load. */
const PANEL_BYTES = 110_000;
/** Only the panel's own code says this. */
const PANEL_MARK = "data-debug-panel";
const PAGE = ".next/server/app/(chat)/page";

if (!existsSync(`${PAGE}/build-manifest.json`))
  fail("There is no build to measure; run `npm run build` first.");
check("first load of /", firstLoadFiles(), FIRST_LOAD_BYTES);
refuseDebugTexts(firstLoadFiles());
check("debug panel", panelFiles(), PANEL_BYTES);

/** The framework's scripts, and those that the page, its layouts and its boundaries name. */
function firstLoadFiles() {
  const manifests = {};
  new Function("globalThis", readFileSync(`${PAGE}_client-reference-manifest.js`, "utf8"))(manifests);
  const [page] = Object.values(manifests.__RSC_MANIFEST);
  const { rootMainFiles } = readJson("build-manifest.json");
  return [...new Set([...rootMainFiles, ...Object.values(page.entryJSFiles).flat()])];
}

/** Texts of the debug panel come with it. */
function refuseDebugTexts(files) {
  const { debug } = JSON.parse(readFileSync("messages/en.json", "utf8"));
  const holder = files.find((file) => textOf(file).includes(debug.state.emptyDetail));
  if (holder) fail(`A first visit to / loads the texts of the debug panel, in ${holder}.`);
}

function panelFiles() {
  const lazy = Object.values(readJson("react-loadable-manifest.json")).map(({ files }) => files);
  const panel = lazy.find((files) => files.some((file) => textOf(file).includes(`"${PANEL_MARK}"`)));
  return panel ?? fail("The debug panel is in none of the chat page's lazy chunks.");
}

function check(name, files, mostBytes) {
  const bytes = files.reduce((sum, file) => sum + gzipSync(textOf(file), { level: 9 }).length, 0);
  const size = `${name}: ${(bytes / 1000).toFixed(1)} KB gzip in ${files.length} files`;
  if (bytes > mostBytes) fail(`${size}; ${mostBytes / 1000} KB are allowed.`);
  console.log(`${size} (at most ${mostBytes / 1000})`);
}

function readJson(name) {
  return JSON.parse(readFileSync(join(PAGE, name), "utf8"));
}

function textOf(file) {
  return readFileSync(join(".next", file), "utf8");
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
