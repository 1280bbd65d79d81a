// Measures: npm run eval -- --data <folder> retrieval on test collections, npm run eval -- --dataset <name or file>
// the answers to a dataset's questions.
import { requireNode } from "./require-node.mjs";

requireNode();
const isDataset = process.argv.some((argument) => /^--dataset(=|$)/.test(argument));
await import(isDataset ? "./eval-dataset.mjs" : "./eval-retrieval.mjs");
