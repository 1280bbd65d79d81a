import { z } from "zod";
import { jobSchema } from "@/lib/domain/job";

/** A job as it is kept: what the wire shows, and what running it takes. */
export const jobRecordSchema = jobSchema.extend({
  /** The data directory that has its file; only processes on that directory run it. */
  place: z.string(),
  /** Id of the document that it makes. Jobs of one document run one after the other. */
  target: z.string(),
  /** Where the content comes from: a received file, or what the index keeps of the document. */
  source: z.enum(["upload", "index"]),
  /** How often it was begun. */
  attempts: z.number(),
});
export type JobRecord = z.infer<typeof jobRecordSchema>;

/** How long a job is kept after its end, unless the setting says otherwise. */
export const JOB_KEPT_MS = 30 * 86_400_000;

/** Whether a job has not ended. */
export function isOpen({ state }: Pick<JobRecord, "state">): boolean {
  return state === "queued" || state === "running";
}

/** Who runs a job. */
export interface JobLease {
  owner: string;
  /** How long the job stays with its owner without another write, in milliseconds. */
  leaseMs: number;
}

export interface JobQuery {
  kb_prefix?: string;
  target?: string;
  limit: number;
}

/**
 * Port: the jobs of all processes. A job is open while it is queued or running; one that runs without a lease
 * was abandoned and is open for everybody. What has ended is kept for 30 days.
 */
export interface JobStore {
  /** Adds all of them or, when more than `maxOpen` would then be open at their place, none: false. */
  add(jobs: readonly JobRecord[], maxOpen: number): Promise<boolean>;
  job(jobId: string): Promise<JobRecord | null>;
  /** Newest first. */
  list(query: JobQuery): Promise<JobRecord[]>;
  /**
   * Gives the oldest open job of the place that nobody runs and whose document no older open job is about to
   * change; null when there is none. Of many that ask at once, one gets it.
   */
  claim(place: string, lease: JobLease): Promise<JobRecord | null>;
  /** Keeps the record of a job and renews its lease; false, and nothing is kept, when the lease was lost. */
  save(job: JobRecord, lease: JobLease): Promise<boolean>;
  /** Keeps the record and gives the job back: a queued one to the queue, another to the ended ones. False as in `save`. */
  release(job: JobRecord, owner: string): Promise<boolean>;
  /** Opens a failed job again; false when it is not a failed one (any more). */
  reopen(job: JobRecord): Promise<boolean>;
  /** Keeps the record of a job that is to end, whoever runs it: the owner loses the lease. False when it has ended. */
  end(job: JobRecord): Promise<boolean>;
  /** Forgets all jobs of a knowledge base or a document, running ones too: their owner loses the lease. */
  deleteOf(which: { kb_prefix: string } | { target: string }): Promise<void>;
  close(): void;
}
