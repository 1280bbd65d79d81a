// Cuts the documents that its parent sends, one at a time, as cut-process.ts expects it.
// argv: the memory that it may take, in MB.
import "../../../scripts/resolve-typescript.mjs";
import { Worker } from "node:worker_threads";

/** Passages sent at once, so that no message is large. */
const BATCH = 100;

const watch = new URL("../parse/memory-watch.mjs", import.meta.url);
new Worker(watch, { workerData: Number(process.argv[2]) }).unref();
const { cutDocument } = await import("./document-rows.ts");
const { createTokenizer, loadTokenizer } = await import("../../llm/tokenizer.ts");
// One vocabulary for all: passages are the same whichever model answers, and whichever process cuts.
await loadTokenizer("");
const { count } = createTokenizer("");

process.on("message", ({ document, now }) => {
  try {
    sendRows(document, now);
  } catch (error) {
    process.send({ state: "refused", tooDeep: error instanceof RangeError, message: String(error) });
  }
});
process.on("disconnect", () => process.exit());
process.send({ state: "ready" });

function sendRows(document, now) {
  const steps = cutDocument(document, count, now);
  let batch = [];
  for (let step = steps.next(); !step.done; step = steps.next()) {
    batch.push(step.value.row);
    if (batch.length < BATCH) continue;
    process.send({ state: "rows", rows: batch, total: step.value.total });
    batch = [];
  }
  process.send({ state: "cut", rows: batch });
}
