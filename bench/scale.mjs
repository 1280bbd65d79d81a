// Measures the index at scale:
//   npm exec -- node bench/scale.mjs [--passages 20000] [--queries 200] [--vectors] [--json out.json]
//     [--index folder]   keeps the index there, and searches it without making it anew when it is there
// It generates its own corpus, so that every machine measures the same.
import "../scripts/resolve-typescript.mjs";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildIndex } from "./scale-build.mjs";
import { measureSearches } from "./scale-search.mjs";
import { measureVectors } from "./scale-vectors.mjs";

const { values } = parseArgs({
  options: {
    passages: { type: "string", default: "20000" },
    queries: { type: "string", default: "200" },
    vectors: { type: "boolean", default: false },
    json: { type: "string" },
    index: { type: "string" },
  },
});
const passages = Number(values.passages);
const queries = Number(values.queries);

const folder = values.index ?? (await mkdtemp(join(tmpdir(), "scale-")));
try {
  const result = { machine: machine(), passages };
  if (!(await hasIndex(folder))) result.build = await buildIndex(folder, passages);
  result.bytes = await sizeOf(folder);
  result.search = await measureSearches(folder, queries);
  if (values.vectors) result.vectors = await measureVectors(passages);
  print(result);
  if (values.json) await writeFile(values.json, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  if (!values.index) await rm(folder, { recursive: true, force: true });
}
process.exit(0);

async function hasIndex(root) {
  const names = await readdir(root).catch(() => []);
  return names.some((name) => name.startsWith("passages"));
}

function machine() {
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} × ${cpus()[0]?.model ?? "CPU"}, ${gib} GiB, Node ${process.versions.node}`;
}

async function sizeOf(root) {
  const names = await readdir(root, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(root, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function print({ machine, passages, build, bytes, search, vectors }) {
  console.log(`\n${passages} passages on ${machine}`);
  if (build) console.table({ build });
  console.log(`disk ${Math.round(bytes / 1e6)} MB, memory of the process ${search.rssMb} MB`);
  console.table({ "start (ms)": search.start });
  console.table(search.agents);
  if (vectors) console.table(vectors);
}
