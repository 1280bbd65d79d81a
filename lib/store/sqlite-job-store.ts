import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { Clock } from "@/lib/domain/clock";
import { decodeAtRest, encodeAtRest } from "./at-rest-codec";
import { isOpen, JOB_KEPT_MS, type JobRecord, type JobStore, jobRecordSchema } from "./job-store";
import { openDatabase, transact } from "./sqlite-database";

/** Schema of the jobs' database, one step per version. Steps that were released are never edited. */
const migrations: readonly string[] = [
  `CREATE TABLE jobs (
     job_id TEXT PRIMARY KEY,
     place TEXT NOT NULL,
     kb_prefix TEXT NOT NULL,
     target TEXT NOT NULL,
     state TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     updated_at INTEGER NOT NULL,
     owner TEXT,
     lease_until INTEGER NOT NULL DEFAULT 0,
     record TEXT NOT NULL
   ) STRICT;
   CREATE INDEX jobs_by_state ON jobs (place, state, created_at, job_id);
   CREATE INDEX jobs_by_time ON jobs (created_at, job_id);
   CREATE INDEX jobs_by_base ON jobs (kb_prefix, created_at, job_id);
   CREATE INDEX jobs_by_target ON jobs (target, created_at, job_id);`,
];

const rowSchema = z.object({ record: z.string() });
const countSchema = z.object({ open: z.number() });

/** The oldest open job without a lease, unless an older open one changes the same document. */
const CLAIMABLE = `
  SELECT record FROM jobs AS job
  WHERE place = :place AND state IN ('queued', 'running') AND lease_until <= :now
    AND NOT EXISTS (
      SELECT 1 FROM jobs AS older
      WHERE older.place = job.place AND older.target = job.target AND older.state IN ('queued', 'running')
        AND (older.created_at, older.job_id) < (job.created_at, job.job_id))
  ORDER BY created_at, job_id LIMIT 1`;

const PUT = `
  INSERT INTO jobs (job_id, place, kb_prefix, target, state, created_at, updated_at, record)
  VALUES (:job_id, :place, :kb_prefix, :target, :state, :created_at, :updated_at, :record)`;

const SET = `
  UPDATE jobs SET state = :state, updated_at = :updated_at, record = :record, owner = :owner, lease_until = :until
  WHERE job_id = :job_id`;

/** Jobs in one SQLite file of this machine. Throws AppError when the file cannot be used. */
export function createSqliteJobStore({
  path,
  clock,
  keptMs = JOB_KEPT_MS,
}: {
  path: string;
  clock: Clock;
  /** How long a job is kept after its end. */
  keptMs?: number;
}): JobStore {
  const { database, statements } = openDatabase(path, migrations, (database) => ({
    database,
    statements: prepare(database),
  }));

  const read = (row: unknown): JobRecord | null =>
    row === undefined ? null : decodeAtRest(jobRecordSchema, rowSchema.parse(row).record);

  function set(job: JobRecord, owner: string | null, until: number): void {
    const { job_id, state, updated_at } = job;
    statements.set.run({ job_id, state, updated_at, record: encodeAtRest(job), owner, until });
  }

  /** Writes a job if the owner still has it. */
  function setOwn(job: JobRecord, owner: string, next: { owner: string | null; until: number }): boolean {
    return transact(database, () => {
      if (statements.owned.get(job.job_id, owner, clock.now()) === undefined) return false;
      set(job, next.owner, next.until);
      return true;
    });
  }

  return {
    add: async (jobs, maxOpen) =>
      transact(database, () => {
        statements.purge.run(clock.now() - keptMs);
        const place = jobs[0]?.place ?? "";
        const { open } = countSchema.parse(statements.countOpen.get(place));
        if (open + jobs.filter(({ state }) => state === "queued").length > maxOpen) return false;
        for (const job of jobs) {
          const { job_id, kb_prefix, target, state, created_at, updated_at } = job;
          const row = { job_id, place, kb_prefix, target, state, created_at, updated_at };
          statements.put.run({ ...row, record: encodeAtRest(job) });
        }
        return true;
      }),
    job: async (jobId) => read(statements.byId.get(jobId)),
    list: async ({ kb_prefix = null, target = null, limit }) =>
      statements.list.all({ kb_prefix, target, limit }).flatMap((row) => read(row) ?? []),
    claim: async (place, { owner, leaseMs }) =>
      transact(database, () => {
        const now = clock.now();
        const job = read(statements.claimable.get({ place, now }));
        if (job) set(job, owner, now + leaseMs);
        return job;
      }),
    save: async (job, { owner, leaseMs }) => setOwn(job, owner, { owner, until: clock.now() + leaseMs }),
    release: async (job, owner) => setOwn(job, owner, { owner: null, until: 0 }),
    reopen: async (job) =>
      transact(database, () => {
        if (read(statements.byId.get(job.job_id))?.state !== "failed") return false;
        set(job, null, 0);
        return true;
      }),
    end: async (job) =>
      transact(database, () => {
        const found = read(statements.byId.get(job.job_id));
        if (!found || !isOpen(found)) return false;
        set(job, null, 0);
        return true;
      }),
    async deleteOf(which) {
      if ("target" in which) statements.deleteOfTarget.run(which.target);
      else statements.deleteOf.run(which.kb_prefix);
    },
    close: () => database.close(),
  };
}

function prepare(database: DatabaseSync) {
  return {
    put: database.prepare(PUT),
    set: database.prepare(SET),
    byId: database.prepare("SELECT record FROM jobs WHERE job_id = ?"),
    list: database.prepare(
      `SELECT record FROM jobs
       WHERE (:kb_prefix IS NULL OR kb_prefix = :kb_prefix) AND (:target IS NULL OR target = :target)
       ORDER BY created_at DESC, job_id DESC LIMIT :limit`,
    ),
    countOpen: database.prepare(
      "SELECT count(*) AS open FROM jobs WHERE place = ? AND state IN ('queued', 'running')",
    ),
    claimable: database.prepare(CLAIMABLE),
    owned: database.prepare("SELECT 1 FROM jobs WHERE job_id = ? AND owner = ? AND lease_until > ?"),
    purge: database.prepare("DELETE FROM jobs WHERE updated_at < ? AND state IN ('done', 'failed')"),
    deleteOf: database.prepare("DELETE FROM jobs WHERE kb_prefix = ?"),
    deleteOfTarget: database.prepare("DELETE FROM jobs WHERE target = ?"),
  };
}
