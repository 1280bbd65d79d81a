// Cuts documents of the scale corpus in a thread of its own: one batch of rows for each message.
import "../scripts/resolve-typescript.mjs";
import { parentPort, workerData } from "node:worker_threads";
import { countTokens } from "gpt-tokenizer";
import { createCorpus } from "./scale-corpus.mjs";

const { documentRows } = await import("@/lib/retrieval/ingest/document-rows");

const corpus = createCorpus(workerData.seed);

parentPort.on("message", ({ rows: wanted }) => {
  const start = performance.now();
  const rows = [];
  while (rows.length < wanted) {
    const document = corpus.next();
    const name = `${workerData.seed}-${document.name}`;
    rows.push(...documentRows({ ...document, name }, countTokens, 0));
  }
  parentPort.postMessage({ rows, ms: performance.now() - start });
});
