import { type Job, type JobStage, jobStageSchema } from "@/lib/domain/job";
import type { LimitName } from "@/lib/domain/limit-name";
import type { FileProblem } from "./check-file";
import type { SendFailure, Upload } from "./upload-store";

/** One file's way into the knowledge base, from this tab's disk to the index. */
export interface UploadRow {
  key: string;
  name: string;
  state: "waiting" | "sending" | "queued" | "running" | "done" | "unchanged" | "failed" | "refused";
  /** How much of the upload, then of the job, is done; null where nothing can be said. */
  share: number | null;
  job: Job | null;
  /** Why it failed; null where the server could not be reached, or where nothing failed. */
  message: string | null;
  /** The limit that was reached, on the way to the server. */
  limit?: LimitName;
  problem: FileProblem | null;
  retry: { upload: number } | { job: string } | null;
}

/** Before this a failed job is history, not news. */
const NEWS_MS = 24 * 3_600_000;

/**
 * What is under way or was of late: this tab's uploads in their order, then jobs that others began (another
 * tab, the command line). Of several jobs for one name only the newest counts.
 */
export function buildUploadRows(
  uploads: readonly Upload[],
  jobs: readonly Job[],
  dismissed: ReadonlySet<string>,
  now: number,
): UploadRow[] {
  const byId = new Map(jobs.map((job) => [job.job_id, job]));
  const own = uploads.map((upload) =>
    upload.state.type === "accepted"
      ? fromAccepted(upload, byId.get(upload.state.jobId) ?? null)
      : fromUpload(upload),
  );
  const ownIds = new Set(own.map(({ key }) => key));
  const names = new Set(uploads.map(({ name }) => name));
  const newest = [...Map.groupBy(jobs, ({ name }) => name).values()].flatMap(([first]) => first ?? []);
  const others = newest.filter(
    (job) =>
      !ownIds.has(job.job_id) && !names.has(job.name) && !dismissed.has(job.job_id) && isNews(job, now),
  );
  return [...own, ...others.map(fromJob)];
}

function isNews({ state, updated_at }: Job, now: number): boolean {
  return state === "queued" || state === "running" || (state === "failed" && now - updated_at < NEWS_MS);
}

function fromUpload({ id, name, state }: Upload): UploadRow {
  const row = {
    key: `upload-${id}`,
    name,
    share: null,
    job: null,
    message: null,
    problem: null,
    retry: null,
  };
  switch (state.type) {
    case "waiting":
      return { ...row, state: "waiting" };
    case "sending":
      return { ...row, state: "sending", share: state.share };
    case "refused":
      return { ...row, state: "refused", problem: state.problem };
    case "failed":
      return { ...row, ...toFailed(state), retry: { upload: id } };
    case "accepted":
      return { ...row, state: "queued" };
  }
}

function toFailed({ message, limit }: SendFailure) {
  return { state: "failed" as const, message, ...(limit && { limit }) };
}

function fromAccepted(upload: Upload, job: Job | null): UploadRow {
  return job ? { ...fromJob(job), name: upload.name } : fromUpload(upload);
}

function fromJob(job: Job): UploadRow {
  return {
    key: job.job_id,
    name: job.name,
    state: job.state === "done" && job.unchanged ? "unchanged" : job.state,
    share: job.state === "running" ? jobShare(job) : null,
    job,
    message: job.error,
    problem: null,
    retry: job.state === "failed" ? { job: job.job_id } : null,
  };
}

/** Each stage counts the same: how long one takes is not known before. */
function jobShare({ stage, completed, total }: Job): number {
  const stages = jobStageSchema.options;
  const before = stage === null ? 0 : stages.indexOf(stage);
  return (before + (total > 0 ? Math.min(1, completed / total) : 0)) / stages.length;
}

/** A stage with the stretch of its job's time that it took; `ms` is null while it runs. */
export interface StageStretch {
  stage: JobStage;
  ms: number | null;
  left: number;
  width: number;
}

/** The stages of a job on a bar from its first stage's start to its last one's end, as shares of it. */
export function toStretches({ stages, updated_at }: Pick<Job, "stages" | "updated_at">): StageStretch[] {
  const start = Math.min(...stages.map(({ started_at }) => started_at));
  const ends = stages.map(
    ({ started_at, duration_ms }) => started_at + (duration_ms ?? Math.max(0, updated_at - started_at)),
  );
  const whole = Math.max(1, Math.max(...ends) - start);
  return stages.map(({ stage, started_at, duration_ms }, at) => ({
    stage,
    ms: duration_ms,
    left: (started_at - start) / whole,
    width: ((ends[at] ?? started_at) - started_at) / whole,
  }));
}
