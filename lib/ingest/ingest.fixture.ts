import { join } from "node:path";
import { Readable } from "node:stream";
import { countTokens } from "gpt-tokenizer";
import { v7 as uuidv7 } from "uuid";
import { systemClock } from "@/lib/domain/clock";
import type { Job } from "@/lib/domain/job";
import type { EmbeddingModel } from "@/lib/llm/language-model";
import { createLogger } from "@/lib/logger";
import { openRetrieval, type RetrievalOptions } from "@/lib/retrieval/open-retrieval";
import { parseFile } from "@/lib/retrieval/parse/parse-file";
import { ask } from "@/lib/retrieval/testing/ask";
import type { JobStore } from "@/lib/store/job-store";
import { createSqliteJobStore } from "@/lib/store/sqlite-job-store";
import { until } from "@/lib/store/until";
import { type Ingest, type IngestOptions, openIngest } from "./open-ingest";

export const systemIds = { uuid: () => uuidv7(), spanId: () => "" };

interface ProcessOptions {
  dataDir: string;
  docsDir: string;
  embedding?: EmbeddingModel | null;
  tripleModel?: RetrievalOptions["tripleModel"];
  onProgress?: RetrievalOptions["onProgress"];
  store?: JobStore;
  parse?: IngestOptions["parse"];
  /** Comes between a job's last look at itself and what it writes. */
  beforeWriting?: () => Promise<void>;
}

/** What one process has: the index, and the jobs that fill it. */
export async function openProcess({ dataDir, docsDir, embedding = null, ...given }: ProcessOptions) {
  const { tripleModel = null, onProgress = () => {} } = given;
  const options = { dataDir, docsDir, countTokens, embedding, tripleModel, clock: systemClock, onProgress };
  const retrieval = await openRetrieval(options);
  const store =
    given.store ?? createSqliteJobStore({ path: join(dataDir, "jobs.sqlite"), clock: systemClock });
  const put: typeof retrieval.documents.put = async (cut) => {
    await given.beforeWriting?.();
    return retrieval.documents.put(cut);
  };
  const ingest = openIngest({
    dataDir,
    store,
    documents: { ...retrieval.documents, put },
    index: retrieval.index,
    parse: given.parse ?? parseFile,
    clock: systemClock,
    ids: systemIds,
    log: createLogger("silent"),
    maxOpen: 10_000,
  });
  const close = async () => {
    await ingest.stop();
    store.close();
    await retrieval.close();
  };
  let closed: Promise<void> | null = null;
  const closeOnce = () => {
    closed ??= close();
    return closed;
  };
  return { ...retrieval, ingest, store, close: closeOnce, [Symbol.asyncDispose]: closeOnce };
}

/** Uploads texts by name and waits until their jobs have ended. */
export async function upload(ingest: Ingest, kbPrefix: string, files: Record<string, string | Uint8Array>) {
  const jobs = await ingest.upload(kbPrefix, async (take) => {
    for (const [name, content] of Object.entries(files)) {
      await take({ name, content: Readable.from([Buffer.from(content)]) });
    }
  });
  return ended(ingest, jobs);
}

/** The jobs when they have ended, in the order given. */
export async function ended(ingest: Ingest, jobs: readonly { job_id: string }[]): Promise<Job[]> {
  const read = async () => {
    const all = await Promise.all(jobs.map(({ job_id }) => ingest.job(job_id)));
    return all.filter((job) => job !== null);
  };
  await until(
    async () => (await read()).every(({ state }) => state === "done" || state === "failed"),
    60_000,
  );
  return read();
}

/** Texts of the passages that a question finds. */
export async function found(retrieval: Parameters<typeof ask>[0], query: string, kbPrefix = "lamp") {
  return (await ask(retrieval, "hybrid_agent", query, kbPrefix)).map(({ passage }) => passage.text);
}
