// Reads the files that its parent sends, one at a time, and answers each with a ParseReply.
// argv: the memory that it may take, in MB.
import "../../../scripts/resolve-typescript.mjs";
import { Worker } from "node:worker_threads";

new Worker(new URL("./memory-watch.mjs", import.meta.url), { workerData: Number(process.argv[2]) }).unref();
const { toReply } = await import("./to-reply.ts");

process.on("message", async (file) => process.send(await toReply(file)));
process.on("disconnect", () => process.exit());
process.send({ state: "ready" });
