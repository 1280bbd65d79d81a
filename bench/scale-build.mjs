// Makes an index of so many passages and says what took how long.
import { Worker } from "node:worker_threads";

const { connectLance } = await import("@/lib/retrieval/index/lance-table");
const { createPassageTable, indexPassages } = await import("@/lib/retrieval/index/passage-table");

const ROWS_PER_COMMIT = 5000;
const CUTTERS = 2;

/** Seconds for cutting (over all threads), writing and indexing, and the greatest memory in MB. */
export async function buildIndex(folder, passages) {
  const database = await connectLance(folder);
  const cutters = Array.from({ length: CUTTERS }, (_, seed) => startCutter(seed + 1));
  const spent = { cut: 0, write: 0 };
  let table = null;
  let written = 0;
  const start = performance.now();
  const ahead = cutters.map((cutter) => cutter.cut(ROWS_PER_COMMIT));
  for (let turn = 0; written < passages; turn += 1) {
    const at = turn % CUTTERS;
    const { rows, ms } = await ahead[at];
    ahead[at] = cutters[at].cut(ROWS_PER_COMMIT);
    spent.cut += ms;
    const begun = performance.now();
    const kept = rows.slice(0, passages - written);
    if (table) await table.replace("passage_id", kept, null);
    else table = await createPassageTable(database, kept);
    spent.write += performance.now() - begun;
    written += kept.length;
    progress(written, passages);
  }
  await Promise.all(cutters.map((cutter) => cutter.stop()));
  const indexing = performance.now();
  await indexPassages(table);
  const done = performance.now();
  database.close();
  return {
    cut_s: seconds(spent.cut),
    write_s: seconds(spent.write),
    index_s: seconds(done - indexing),
    total_s: seconds(done - start),
    max_rss_mb: Math.round(process.resourceUsage().maxRSS / 1000),
  };
}

function startCutter(seed) {
  const worker = new Worker(new URL("./scale-cutter.mjs", import.meta.url), { workerData: { seed } });
  const failed = new Promise((_, reject) => worker.once("error", reject));
  return {
    cut(rows) {
      worker.postMessage({ rows });
      return Promise.race([new Promise((resolve) => worker.once("message", resolve)), failed]);
    },
    stop: () => worker.terminate(),
  };
}

function seconds(ms) {
  return Math.round(ms / 100) / 10;
}

function progress(written, passages) {
  if (process.stdout.isTTY || written % (ROWS_PER_COMMIT * 4) === 0)
    console.log(`${written} / ${passages} passages written`);
}
