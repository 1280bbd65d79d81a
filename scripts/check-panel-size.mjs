// Fails when the chunk of the debug panel, which only developers load, has grown too heavy. Measures the last build.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const MOST_BYTES = 110_000;
/** Only the panel's own code says this. */
const MARK = "data-debug-panel";
const PAGE = ".next/server/app/(chat)/page";

const manifest = join(PAGE, "react-loadable-manifest.json");
if (!existsSync(manifest)) fail("There is no build to measure; run `npm run build` first.");

const lazy = Object.values(JSON.parse(readFileSync(manifest, "utf8"))).map(({ files }) => files);
const panel = lazy.find((files) => files.some((file) => textOf(file).includes(`"${MARK}"`)));
if (!panel) fail("The debug panel is in none of the chat page's lazy chunks.");
const bytes = panel.reduce((sum, file) => sum + gzipSync(textOf(file), { level: 9 }).length, 0);
const size = `${(bytes / 1000).toFixed(1)} KB gzip in ${panel.length} files`;
if (bytes > MOST_BYTES) fail(`The debug panel takes ${size}; ${MOST_BYTES / 1000} KB are allowed.`);
console.log(`debug panel: ${size} (at most ${MOST_BYTES / 1000})`);

function textOf(file) {
  return readFileSync(join(".next", file), "utf8");
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
