import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "@/lib/domain/clock";
import { AppError } from "@/lib/errors";
import type { JobRecord, JobStore } from "@/lib/store/job-store";
import { holdLease, type JobHold } from "./hold-lease";
import { jobFailure } from "./job-failure";
import { createJobProgress, type JobProgress, toQueued } from "./job-progress";

export interface JobRunnerOptions {
  store: JobStore;
  place: string;
  /** This process. */
  owner: string;
  clock: Clock;
  run(progress: JobProgress, signal: AbortSignal, hold: JobHold): Promise<void>;
  /** A job has ended and its record is kept. */
  onEnd(job: JobRecord, error: unknown): Promise<void>;
  /** Nothing is left to do after some jobs were done, or many were done without a pause. */
  onSettle(): Promise<void>;
  /** Something failed that no job can tell of. */
  onTrouble(error: unknown): void;
  leaseMs?: number;
  pollMs?: number;
}

export interface JobRunner {
  /** There may be something to do. */
  wake(): void;
  /** Gives running jobs back, so that they begin anew at the next start, here or in another process. */
  stop(): Promise<void>;
}

/** How many jobs a process runs at once: one parses or waits for a model while the other is cut. */
const WORKERS = 2;
const LEASE_MS = 15_000;
/** How often the jobs that other processes queued or abandoned are looked for. */
const POLL_MS = 2000;
/** A file that ended the process this often is not tried again. */
const MAX_ATTEMPTS = 3;
const SETTLE_EVERY = 50;

/** Runs the open jobs of a place until it is stopped; any number of processes may do so. */
export function startJobRunner(options: JobRunnerOptions): JobRunner {
  const { store, place, owner, clock, leaseMs = LEASE_MS, pollMs = POLL_MS } = options;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  let awake = Promise.withResolvers<void>();
  let unsettled = 0;

  async function runOne(job: JobRecord): Promise<void> {
    const progress = createJobProgress(job, clock);
    const lease = holdLease({ store, owner, leaseMs, clock, current: progress.current });
    const signal = AbortSignal.any([stopping.signal, lease.lost]);
    let failure: unknown = null;
    try {
      if (job.attempts >= MAX_ATTEMPTS) throw repeatedEnd();
      await options.run(progress, signal, lease);
      progress.change({ state: "done", stage: null, document_id: job.target });
    } catch (error) {
      failure = error;
      progress.change({ state: "failed", ...jobFailure(error) });
    }
    await lease.end();
    if (lease.lost.aborted) return;
    if (failure !== null && stopping.signal.aborted) {
      await store.release(toQueued(job, clock.now()), owner);
      return;
    }
    unsettled += 1;
    if (await store.release(progress.current(), owner)) await options.onEnd(progress.current(), failure);
  }

  function start(job: JobRecord): void {
    const work = runOne(job)
      .catch(options.onTrouble)
      .finally(() => {
        running.delete(work);
        awake.resolve();
      });
    running.add(work);
  }

  async function settle(): Promise<void> {
    unsettled = 0;
    await options.onSettle().catch(options.onTrouble);
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      awake = Promise.withResolvers<void>();
      const job = running.size < WORKERS ? await claim() : null;
      if (job) start(job);
      else {
        if (unsettled >= SETTLE_EVERY || (unsettled > 0 && running.size === 0)) await settle();
        await Promise.race([awake.promise, wait(pollMs, undefined, { ref: false })]);
      }
    }
  }

  async function claim(): Promise<JobRecord | null> {
    try {
      return await store.claim(place, { owner, leaseMs });
    } catch (error) {
      // A store that is away is reported by the store; the next look finds it back.
      if (!(error instanceof AppError)) options.onTrouble(error);
      return null;
    }
  }

  const looping = loop();
  return {
    wake: () => awake.resolve(),
    async stop() {
      stopping.abort();
      awake.resolve();
      await looping;
      await Promise.all(running);
    },
  };
}

function repeatedEnd(): AppError {
  const message = `The server ended ${MAX_ATTEMPTS} times while it worked on this file; it is not tried again by itself.`;
  return new AppError("internal", message);
}
