import { createReadStream } from "node:fs";
import type { Job } from "@/lib/domain/job";
import { AppError } from "@/lib/errors";
import type { LocalFile } from "./collect-files";
import type { IngestService } from "./ingest-service";

/** What became of a file. */
export interface FileOutcome {
  name: string;
  /** Null when it was not even queued. */
  job: Job | null;
  /** Null when it is in the index. */
  error: string | null;
}

export interface IngestStep {
  /** Files that have ended since the step before. */
  ended: FileOutcome[];
  /** A file that is being worked on. */
  running: Job | null;
}

/** Files that are queued at once, so that they need little room twice. */
const BATCH = 50;

/** Takes files into a knowledge base and follows them; `pause` waits between two looks. Throws when nothing goes on. */
export async function* ingestFiles(
  kbPrefix: string,
  files: readonly LocalFile[],
  service: Pick<IngestService, "upload" | "job">,
  pause: () => Promise<void>,
): AsyncGenerator<IngestStep, void> {
  let open: string[] = [];
  for (let at = 0; at < files.length || open.length > 0; ) {
    const ended: FileOutcome[] = [];
    if (open.length <= BATCH && at < files.length) {
      const queued = await queueFiles(kbPrefix, files.slice(at, at + BATCH), service);
      ended.push(...queued.refused);
      open.push(...queued.jobs);
      at += BATCH;
    }
    const jobs = (await Promise.all(open.map((id) => service.job(id)))).filter((job) => job !== null);
    for (const job of jobs) if (isEnded(job)) ended.push({ name: job.name, job, error: job.error });
    open = jobs.filter((job) => !isEnded(job)).map(({ job_id }) => job_id);
    yield { ended, running: jobs.find(({ state }) => state === "running") ?? null };
    if (open.length > 0) await pause();
  }
}

function isEnded({ state }: Job): boolean {
  return state === "done" || state === "failed";
}

/** Where none of the files can be taken, each one's reason is in the error. */
async function queueFiles(
  kbPrefix: string,
  files: readonly LocalFile[],
  { upload }: Pick<IngestService, "upload">,
): Promise<{ jobs: string[]; refused: FileOutcome[] }> {
  try {
    const jobs = await upload(kbPrefix, async (take) => {
      for (const { path, name } of files) await take({ name, content: createReadStream(path) });
    });
    return { jobs: jobs.map(({ job_id }) => job_id), refused: [] };
  } catch (error) {
    if (!(error instanceof AppError) || error.issues.length === 0) throw error;
    return {
      jobs: [],
      refused: error.issues.map(({ path, message }) => ({ name: path, job: null, error: message })),
    };
  }
}
