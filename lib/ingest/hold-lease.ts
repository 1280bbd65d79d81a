import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "@/lib/domain/clock";
import type { JobRecord, JobStore } from "@/lib/store/job-store";

/** What a job may ask about itself while it runs. */
export interface JobHold {
  /** Throws when another process has the job or somebody ended it, as it is at this moment. */
  confirm(): Promise<void>;
  /** Whether the document was deleted meanwhile, and nobody has sent it again. */
  isDeleted(): Promise<boolean>;
}

interface HeldLease extends JobHold {
  /** Aborts when another process may have the job. */
  lost: AbortSignal;
  /** Stops renewing; the lease runs on for what is left of it. */
  end(): Promise<void>;
}

interface LeaseOptions {
  store: JobStore;
  owner: string;
  leaseMs: number;
  clock: Clock;
  /** The job's record as it is now. */
  current(): JobRecord;
}

/** How often a job's progress is written, at most. */
const SAVE_MS = 250;

/** Writes a job's record as it changes, and renews its lease at least three times in its length. */
export function holdLease({ store, owner, leaseMs, clock, current }: LeaseOptions): HeldLease {
  const lost = new AbortController();
  const ended = new AbortController();
  let savedAt = clock.monotonic();
  let saved: JobRecord | null = null;
  const lose = () => lost.abort(new Error("Another process has this job, or it was ended."));

  /** A store that is away for a moment costs nothing; one that is away for the whole lease costs the job. */
  async function save(): Promise<void> {
    const record = current();
    const age = clock.monotonic() - savedAt;
    if (record === saved && age < leaseMs / 3) return;
    const kept = await store.save(record, { owner, leaseMs }).catch(() => null);
    if (kept) {
      saved = record;
      savedAt = clock.monotonic();
    } else if (kept === false || age > leaseMs) lose();
  }

  async function renew(): Promise<void> {
    while (!ended.signal.aborted && !lost.signal.aborted) {
      await save();
      await wait(SAVE_MS, undefined, { signal: ended.signal, ref: false }).catch(() => undefined);
    }
  }

  const renewing = renew();
  return {
    lost: lost.signal,
    async confirm() {
      const kept = await store.save(current(), { owner, leaseMs }).catch(() => null);
      if (kept === false) lose();
      lost.signal.throwIfAborted();
    },
    async isDeleted() {
      const [newest] = await store.list({ target: current().target, limit: 1 });
      return newest === undefined || newest.error_code === "deleted";
    },
    async end() {
      ended.abort();
      await renewing;
    },
  };
}
