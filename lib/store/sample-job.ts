import type { JobRecord } from "./job-store";

/** A queued upload; `n` tells jobs apart and orders them. */
export function sampleJob(n: number, changes: Partial<JobRecord> = {}): JobRecord {
  return {
    job_id: `job-${String(n).padStart(4, "0")}`,
    kb_prefix: "lamp",
    name: `notes-${n}.md`,
    state: "queued",
    stage: null,
    completed: 0,
    total: 0,
    error: null,
    error_code: null,
    document_id: null,
    unchanged: false,
    passages: null,
    created_at: 1_700_000_000_000 + n,
    updated_at: 1_700_000_000_000 + n,
    stages: [],
    place: "here",
    target: `d${n}`,
    source: "upload",
    attempts: 0,
    ...changes,
  };
}
