import type { AcceptedJob } from "@/lib/domain/job";
import type { LimitName } from "@/lib/domain/limit-name";
import { checkFile, type FileProblem } from "./check-file";
import { planBatches, sharesSent } from "./plan-batches";
import type { NamedFile } from "./send-files";

/** A file on its way to the server, until it has become a job there. */
export interface Upload {
  id: number;
  kbPrefix: string;
  name: string;
  size: number;
  state:
    | { type: "waiting" }
    /** `share` of it has gone, in [0, 1]. */
    | { type: "sending"; share: number }
    | { type: "accepted"; jobId: string }
    /** Not sent, since the server would not take it. */
    | { type: "refused"; problem: FileProblem }
    | ({ type: "failed" } & SendFailure);
}

/** Why sending failed. */
export interface SendFailure {
  /** The server's sentence; null where it could not be reached. */
  message: string | null;
  /** The limit that was reached. */
  limit?: LimitName;
}

type Send = (
  kbPrefix: string,
  files: readonly NamedFile[],
  onSent: (bytes: number) => void,
) => Promise<AcceptedJob[]>;

export interface UploadStore {
  /** Calls back after each change; returns how to stop that. */
  subscribe(notify: () => void): () => void;
  /** All uploads in the order they were added; the same array until something changes. */
  list(): readonly Upload[];
  add(kbPrefix: string, files: readonly NamedFile[]): void;
  /** Sends again what failed on the way. */
  retry(id: number): void;
  /** Forgets the uploads to a knowledge base that are neither waiting nor being sent. */
  clear(kbPrefix: string): void;
}

const PARALLEL = 2;

/**
 * Uploads of this browser tab. They belong to no page, so that they go on while one is left for another.
 * `failureOf` tells why sending failed.
 */
export function createUploadStore(send: Send, failureOf: (error: unknown) => SendFailure): UploadStore {
  const listeners = new Set<() => void>();
  const files = new Map<number, File>();
  let uploads: readonly Upload[] = [];
  let running = 0;
  let nextId = 1;

  const change = (next: readonly Upload[]) => {
    uploads = next;
    for (const notify of listeners) notify();
  };
  const settle = (states: ReadonlyMap<number, Upload["state"]>) =>
    change(uploads.map((one) => ({ ...one, state: states.get(one.id) ?? one.state })));

  function startNext(): void {
    const waiting = uploads.filter(({ state }) => state.type === "waiting");
    const [first] = waiting;
    if (!first || running >= PARALLEL) return;
    const [batch] = planBatches(waiting.filter(({ kbPrefix }) => kbPrefix === first.kbPrefix));
    if (!batch) return;
    running += 1;
    settle(new Map(batch.map(({ id }) => [id, { type: "sending", share: 0 }])));
    void sendBatch(first.kbPrefix, batch).finally(() => {
      running -= 1;
      startNext();
    });
    startNext();
  }

  async function sendBatch(kbPrefix: string, batch: readonly Upload[]): Promise<void> {
    const named = batch.flatMap(({ id, name }) => {
      const file = files.get(id);
      return file ? [{ name, file }] : [];
    });
    try {
      const jobs = await send(kbPrefix, named, (bytes) => {
        const shares = sharesSent(batch, bytes);
        settle(new Map(batch.map(({ id }, at) => [id, { type: "sending", share: shares[at] ?? 0 }])));
      });
      settle(new Map(batch.map(({ id }, at) => [id, toAccepted(jobs[at])])));
      for (const { id } of batch) files.delete(id);
    } catch (error) {
      const failure = failureOf(error);
      settle(new Map(batch.map(({ id }) => [id, { type: "failed", ...failure }])));
    }
  }

  return {
    subscribe(notify) {
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
    list: () => uploads,
    add(kbPrefix, named) {
      const added = named.map(({ name, file }): Upload => {
        const problem = checkFile(file);
        const id = nextId++;
        if (problem === null) files.set(id, file);
        const state: Upload["state"] = problem ? { type: "refused", problem } : { type: "waiting" };
        return { id, kbPrefix, name, size: file.size, state };
      });
      change([...uploads, ...added]);
      startNext();
    },
    retry(id) {
      if (files.has(id)) settle(new Map([[id, { type: "waiting" }]]));
      startNext();
    },
    clear(kbPrefix) {
      const kept = uploads.filter((one) => one.kbPrefix !== kbPrefix || isOnItsWay(one));
      for (const id of files.keys()) if (!kept.some((one) => one.id === id)) files.delete(id);
      change(kept);
    },
  };
}

/** The server names one job for each file, in their order. */
function toAccepted(job: AcceptedJob | undefined): Upload["state"] {
  return job ? { type: "accepted", jobId: job.job_id } : { type: "failed", message: null };
}

export function isOnItsWay({ state }: Upload): boolean {
  return state.type === "waiting" || state.type === "sending";
}
