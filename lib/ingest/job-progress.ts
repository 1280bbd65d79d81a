import type { Clock } from "@/lib/domain/clock";
import type { JobStage } from "@/lib/domain/job";
import type { JobRecord } from "@/lib/store/job-store";

export type OnProgress = (completed: number, total: number) => void;

/** The record of a running job as it changes. */
export interface JobProgress {
  current(): JobRecord;
  change(patch: Partial<JobRecord>): void;
  /** Runs one stage, whose time is taken whatever becomes of it. */
  stage<T>(stage: JobStage, work: (onProgress: OnProgress) => Promise<T>): Promise<T>;
}

/** Follows a job from its beginning. */
export function createJobProgress(job: JobRecord, clock: Clock): JobProgress {
  let current: JobRecord = { ...job, ...begun };
  const change = (patch: Partial<JobRecord>) => {
    current = { ...current, ...patch, updated_at: clock.now() };
  };
  change({ state: "running", attempts: job.attempts + 1 });
  return {
    current: () => current,
    change,
    async stage(stage, work) {
      const before = current.stages;
      const started = { stage, started_at: clock.now() };
      const since = clock.monotonic();
      change({ stage, completed: 0, total: 0, stages: [...before, { ...started, duration_ms: null }] });
      try {
        return await work((completed, total) => change({ completed, total }));
      } finally {
        const duration_ms = Math.round(clock.monotonic() - since);
        change({ stages: [...before, { ...started, duration_ms }] });
      }
    },
  };
}

/** What a job knows of itself before it has begun. */
const begun = { stage: null, completed: 0, total: 0, error: null, error_code: null, stages: [] };

/** A job as it goes (back) into the queue. */
export function toQueued(job: JobRecord, now: number): JobRecord {
  return { ...job, ...begun, state: "queued", updated_at: now };
}
