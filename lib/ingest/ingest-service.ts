import type { Clock } from "@/lib/domain/clock";
import type { IdSource } from "@/lib/domain/ids";
import { type AcceptedJob, type Job, jobSchema } from "@/lib/domain/job";
import type { LimitName } from "@/lib/domain/limit-name";
import { AppError } from "@/lib/errors";
import { isAttachmentBase } from "@/lib/retrieval/attachment-base";
import type { DocumentIndex } from "@/lib/retrieval/document-index";
import { isOpen, type JobQuery, type JobRecord, type JobStore } from "@/lib/store/job-store";
import { jobFailure } from "./job-failure";
import { toQueued } from "./job-progress";
import { type IncomingFile, type ReceivedFile, receiveFile, refuseIfAllAreRefused } from "./receive-file";
import type { UploadFolder } from "./upload-folder";

/** Calls `take` for one file after the other; rejects after all of its calls have ended. */
export type EachFile = (take: (file: IncomingFile) => Promise<void>) => Promise<void>;

export interface IngestService {
  /**
   * Keeps files and queues a job for each. A file that cannot be taken gets a job that has failed; where none
   * can be taken, the first one's error is thrown. Throws `unavailable` when the disk and `rate_limited` when the queue is full.
   * After a throw nothing is kept.
   */
  upload(kbPrefix: string, eachFile: EachFile): Promise<AcceptedJob[]>;
  /** Queues documents to be cut again from what the index keeps of them. */
  reindex(documents: readonly { kb_prefix: string; name: string }[]): Promise<AcceptedJob[]>;
  /** Queues a failed job again. Throws `conflict` when it has not failed, or its file is gone. */
  retry(jobId: string): Promise<Job>;
  /** Null for an unknown one. */
  job(jobId: string): Promise<Job | null>;
  /** Newest first; those of conversations' files only where their knowledge base is asked for. */
  jobs(query: JobQuery): Promise<Job[]>;
  /** Ends what is under way for a document that is being deleted, and lets go of its files. */
  abandon(documentId: string): Promise<void>;
  /** Forgets the jobs of a knowledge base; their files go at a later start. */
  forget(kbPrefix: string): Promise<void>;
  /** Forgets the jobs of a document, running ones too, and lets go of their files. */
  forgetDocument(documentId: string): Promise<void>;
}

export interface IngestPorts {
  store: JobStore;
  uploads: UploadFolder;
  documents: DocumentIndex;
  clock: Clock;
  ids: IdSource;
  /** More jobs than this do not wait. */
  maxOpen: number;
  /** There are new jobs. */
  wake(): void;
}

/** Jobs of a document that are looked at. */
const MAX_LOOKED_AT = 10_000;
const RETRY_SECONDS = 60;
const ABANDONED = { error: "The document was deleted before this was done.", error_code: "deleted" } as const;

/** Takes documents in and tells what became of them. */
export function createIngestService(ports: IngestPorts): IngestService {
  const { store, uploads, documents, clock, ids } = ports;

  function toRecord(kbPrefix: string, name: string, id: string, source: JobRecord["source"]): JobRecord {
    const now = clock.now();
    return {
      job_id: id,
      kb_prefix: kbPrefix,
      name,
      state: "queued",
      stage: null,
      completed: 0,
      total: 0,
      error: null,
      error_code: null,
      document_id: null,
      unchanged: false,
      passages: null,
      created_at: now,
      updated_at: now,
      stages: [],
      place: uploads.place,
      target: documents.documentId(kbPrefix, name),
      source,
      attempts: 0,
    };
  }

  async function queue(records: readonly JobRecord[]): Promise<AcceptedJob[]> {
    if (records.length > 0 && !(await store.add(records, ports.maxOpen))) {
      const message = `More than ${ports.maxOpen} documents are waiting already; try again when some of them are done.`;
      const issues = [{ path: "ingest_queue" satisfies LimitName, message }];
      throw new AppError("rate_limited", message, { issues, retryAfterSeconds: RETRY_SECONDS });
    }
    ports.wake();
    return records.map(({ job_id, name }) => ({ job_id, name }));
  }

  return {
    async upload(kbPrefix, eachFile) {
      const received: ReceivedFile[] = [];
      try {
        await eachFile(async (file) => {
          received.push(await receiveFile(file, ids.uuid(), uploads));
        });
        // Their ids rise in the order in which they came; a short one may be kept before a long one.
        received.sort((a, b) => (a.id < b.id ? -1 : 1));
        refuseIfAllAreRefused(received);
        return await queue(
          received.map(({ id, name, refusal }) => {
            const record = toRecord(kbPrefix, name, id, "upload");
            return refusal ? { ...record, state: "failed", ...jobFailure(refusal) } : record;
          }),
        );
      } catch (error) {
        await uploads.discard(received.map(({ id }) => id));
        throw error;
      }
    },
    reindex: (list) =>
      queue(list.map(({ kb_prefix, name }) => toRecord(kb_prefix, name, ids.uuid(), "index"))),
    async retry(jobId) {
      const job = await store.job(jobId);
      if (!job) throw new AppError("not_found", "There is no such job.");
      const isHere = job.place === uploads.place && job.source === "upload";
      if (isHere && job.state === "failed" && !(await uploads.has(jobId))) {
        throw new AppError("conflict", "The file of this job is no longer kept; upload it again.");
      }
      const again = { ...toQueued(job, clock.now()), attempts: 0 };
      if (!(await store.reopen(again))) {
        throw new AppError("conflict", "Only a job that has failed can be tried again.");
      }
      ports.wake();
      return jobSchema.parse(again);
    },
    async job(jobId) {
      const found = await store.job(jobId);
      return found && jobSchema.parse(found);
    },
    async jobs(query) {
      const jobs = await store.list(query);
      const isShown = ({ kb_prefix }: JobRecord) =>
        query.kb_prefix !== undefined || query.target !== undefined || !isAttachmentBase(kb_prefix);
      return jobs.filter(isShown).map((job) => jobSchema.parse(job));
    },
    async abandon(documentId) {
      const jobs = await store.list({ target: documentId, limit: MAX_LOOKED_AT });
      for (const job of jobs) {
        if (isOpen(job)) await store.end({ ...job, state: "failed", ...ABANDONED, updated_at: clock.now() });
      }
      await uploads.discard(jobs.map(({ job_id }) => job_id));
    },
    forget: (kb_prefix) => store.deleteOf({ kb_prefix }),
    async forgetDocument(target) {
      const jobs = await store.list({ target, limit: MAX_LOOKED_AT });
      await store.deleteOf({ target });
      await uploads.discard(jobs.map(({ job_id }) => job_id));
    },
  };
}
