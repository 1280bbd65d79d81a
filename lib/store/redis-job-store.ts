import { z } from "zod";
import { decodeAtRest, encodeAtRest } from "./at-rest-codec";
import { JOB_KEPT_MS, type JobRecord, type JobStore, jobRecordSchema } from "./job-store";
import type { RedisClient } from "./redis-client";
import { ADD, CLAIM, DELETE_OF, END, REOPEN, SET_OWN } from "./redis-job-scripts";

/** Declared in each script call, so that a cluster finds the node that has all of the jobs. */
const TAG = "{jobs}:all";

const idsSchema = z.array(z.string());
const textSchema = z.string().nullable();

/** Jobs in Redis, for all processes. Throws `unavailable` while Redis is away. */
export function createRedisJobStore({
  redis,
  keptMs = JOB_KEPT_MS,
}: {
  redis: RedisClient;
  /** How long a job is kept after its end. */
  keptMs?: number;
}): JobStore {
  async function run(script: string, ...args: (string | number)[]): Promise<unknown> {
    const [reply] = await redis.pipeline([["EVAL", script, 1, TAG, ...args]]);
    return reply;
  }

  async function setOwn(job: JobRecord, owner: string, lease: { ms: number; endedAt: string }) {
    const record = encodeAtRest(job);
    return (await run(SET_OWN, job.job_id, owner, record, keptMs, lease.ms, lease.endedAt)) === 1;
  }

  async function readAll(ids: readonly string[]): Promise<JobRecord[]> {
    if (ids.length === 0) return [];
    const replies = await redis.pipeline(ids.map((id) => ["GET", `{jobs}:job:${id}`]));
    return replies.flatMap((reply) => toJob(reply) ?? []);
  }

  return {
    async add(jobs, maxOpen) {
      const fields = jobs.flatMap((job) => {
        const { job_id, state, created_at, kb_prefix, target } = job;
        return [job_id, state, created_at, kb_prefix, target, encodeAtRest(job)];
      });
      return (await run(ADD, keptMs, maxOpen, jobs[0]?.place ?? "", ...fields)) === 1;
    },
    job: async (jobId) => (await readAll([jobId]))[0] ?? null,
    async list(query) {
      const [reply] = await redis.pipeline([["ZREVRANGE", listKey(query), 0, query.limit - 1]]);
      const jobs = await readAll(idsSchema.parse(reply));
      return query.kb_prefix === undefined
        ? jobs
        : jobs.filter(({ kb_prefix }) => kb_prefix === query.kb_prefix);
    },
    claim: async (place, { owner, leaseMs }) => toJob(await run(CLAIM, place, owner, leaseMs)),
    save: (job, { owner, leaseMs }) => setOwn(job, owner, { ms: leaseMs, endedAt: "" }),
    release: (job, owner) => setOwn(job, owner, { ms: 0, endedAt: job.state === "queued" ? "" : job.place }),
    async reopen(job) {
      const { job_id, place, created_at } = job;
      return (await run(REOPEN, job_id, place, created_at, encodeAtRest(job), keptMs)) === 1;
    },
    end: async (job) => (await run(END, job.job_id, job.place, encodeAtRest(job), keptMs)) === 1,
    deleteOf: async (which) => void (await run(DELETE_OF, listKey(which))),
    close: () => {},
  };
}

function listKey({ kb_prefix, target }: { kb_prefix?: string; target?: string }): string {
  if (target !== undefined) return `{jobs}:target:${target}`;
  return kb_prefix === undefined ? "{jobs}:all" : `{jobs}:base:${kb_prefix}`;
}

function toJob(reply: unknown): JobRecord | null {
  const text = textSchema.parse(reply);
  return text === null ? null : decodeAtRest(jobRecordSchema, text);
}
