import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Clock } from "@/lib/domain/clock";
import type { IdSource } from "@/lib/domain/ids";
import type { Logger } from "@/lib/logger";
import type { DocumentIndex } from "@/lib/retrieval/document-index";
import type { parseFile } from "@/lib/retrieval/parse/parse-file";
import type { PassageIndex } from "@/lib/retrieval/passage-index";
import type { JobRecord, JobStore } from "@/lib/store/job-store";
import { createIngestService, type IngestService } from "./ingest-service";
import { jobFailure } from "./job-failure";
import { startJobRunner } from "./job-runner";
import { runJob } from "./run-job";
import { openUploadFolder, type UploadFolder } from "./upload-folder";

export interface IngestOptions {
  dataDir: string;
  store: JobStore;
  documents: DocumentIndex;
  index: PassageIndex;
  parse: typeof parseFile;
  clock: Clock;
  ids: IdSource;
  log: Logger;
  /** More jobs than this do not wait at once. */
  maxOpen: number;
}

export interface Ingest extends IngestService {
  /** Gives running jobs back; they begin anew at the next start, here or in another process. */
  stop(): Promise<void>;
}

/** A file without a job that is younger than this may be on its way to one. */
const ORPHAN_AGE_MS = 3_600_000;
/** Earlier jobs of a document that are looked at when one is done. */
const EARLIER_JOBS = 50;

/** Takes documents in, in this process and any other on the same data directory. */
export function openIngest(options: IngestOptions): Ingest {
  const { store, documents, index, parse, clock, log } = options;
  const uploads = openUploadFolder(join(options.dataDir, "uploads"));
  const ports = { documents, index, uploads, parse };
  const onTrouble = (error: unknown) => log.warn({ error: String(error) }, "ingest");
  const runner = startJobRunner({
    store,
    place: uploads.place,
    owner: randomUUID(),
    clock,
    run: (progress, signal, hold) => runJob(progress, ports, signal, hold),
    async onEnd(job, error) {
      const { job_id, kb_prefix, state, stages, passages, unchanged } = job;
      const level = state === "failed" ? "warn" : "info";
      log[level]({ job_id, kb_prefix, state, error: job.error_code, passages, unchanged, stages }, "job");
      if (state === "done") await discardFiles(job, store, uploads);
      else if (jobFailure(error).error_code === "unexpected") onTrouble(error);
    },
    onSettle: documents.settle,
    onTrouble,
  });
  const service = createIngestService({ ...options, uploads, wake: runner.wake });
  const swept = sweepUploads(uploads, store, clock).catch(onTrouble);
  const renewed = renewOutdated(documents, store, service).catch(onTrouble);
  return {
    ...service,
    async stop() {
      await runner.stop();
      await Promise.all([swept, renewed]);
    },
  };
}

/** The file of a job that is done, and those of earlier ones that failed on the same document. */
async function discardFiles(job: JobRecord, store: JobStore, uploads: UploadFolder): Promise<void> {
  const jobs = await store.list({ target: job.target, limit: EARLIER_JOBS });
  const earlier = jobs.filter(({ state, created_at }) => state === "failed" && created_at < job.created_at);
  await uploads.discard([job.job_id, ...earlier.map(({ job_id }) => job_id)]);
}

/** Cuts again what an earlier version of the product has cut, unless that is on its way already. */
async function renewOutdated(
  documents: DocumentIndex,
  store: JobStore,
  service: IngestService,
): Promise<void> {
  const idle = [];
  for (const document of await documents.outdated()) {
    const [last] = await store.list({ target: document.document_id, limit: 1 });
    if (!last || last.state === "done" || last.state === "failed") idle.push(document);
  }
  await service.reindex(idle);
}

async function sweepUploads(uploads: UploadFolder, store: JobStore, clock: Clock): Promise<void> {
  await uploads.sweep(clock.now() - ORPHAN_AGE_MS, async (id) => {
    const job = await store.job(id);
    return job !== null && job.state !== "done";
  });
}
