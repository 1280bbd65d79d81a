// Fails when a page makes browsers load too much JavaScript. Measures the last build.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { firstLoadFiles, isBuilt, lazyFiles, pathOf } from "./first-load.mjs";

/** What a first visit to `/` may take. */
const FIRST_LOAD_BYTES = 230_000;
/** What the chunk of the debug panel may take, which only developers load. */
const PANEL_BYTES = 110_000;
/** Only the panel's own code says this. */
const PANEL_MARK = "data-debug-panel";
/** Only zod's own code says this. It comes with the first answer that any page reads. */
const ZOD_MARK = '"$ZodDiscriminatedUnion"';

if (!isBuilt()) fail("There is no build to measure; run `npm run build` first.");
check("first load of /", firstLoadFiles(), FIRST_LOAD_BYTES);
refuseDebugTexts(firstLoadFiles());
refuseZod(firstLoadFiles());
check("debug panel", panelFiles(), PANEL_BYTES);

/** Texts of the debug panel come with it. */
function refuseDebugTexts(files) {
  const { debug } = JSON.parse(readFileSync("messages/en.json", "utf8"));
  const holder = files.find((file) => textOf(file).includes(debug.state.emptyDetail));
  if (holder) fail(`A first visit to / loads the texts of the debug panel, in ${holder}.`);
}

function refuseZod(files) {
  const holder = files.find((file) => textOf(file).includes(ZOD_MARK));
  if (holder) fail(`A first visit to / waits for zod, in ${holder}: load the schema by import().`);
}

function panelFiles() {
  const panel = lazyFiles().find((files) => files.some((file) => textOf(file).includes(`"${PANEL_MARK}"`)));
  if (!panel) fail("The debug panel is in none of the chat page's lazy chunks.");
  return panel.filter((file) => !textOf(file).includes(ZOD_MARK));
}

function check(name, files, mostBytes) {
  const bytes = files.reduce((sum, file) => sum + gzipSync(textOf(file), { level: 9 }).length, 0);
  const size = `${name}: ${(bytes / 1000).toFixed(1)} KB gzip in ${files.length} files`;
  if (bytes > mostBytes) fail(`${size}; ${mostBytes / 1000} KB are allowed.`);
  console.log(`${size} (at most ${mostBytes / 1000})`);
}

function textOf(file) {
  return readFileSync(pathOf(file), "utf8");
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
