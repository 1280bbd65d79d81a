import type { StreamStore } from "@/lib/store/stream-store";

/** The lease lasts 10 s, so a missed renewal or two does not lose it. */
const LEASE_RENEWAL_MS = 3000;
/** Time for the first reader to come, however short the grace. */
const FIRST_READER_MS = 2000;
/** How soon a stop that another process was told of takes effect. */
const STOP_CHECK_MS = 300;

interface RunWatchOptions {
  requestId: string;
  streams: StreamStore;
  abort: AbortController;
  graceMs: number;
}

/** Keeps a run's lease, hears the stop of other processes, and ends a run that nobody reads. */
export interface RunWatch {
  readersChanged(count: number): void;
  close(): void;
}

export function createRunWatch({ requestId, streams, abort, graceMs }: RunWatchOptions): RunWatch {
  let grace: NodeJS.Timeout | undefined;
  /** A store that is away says nothing: the run goes on, and the next turn asks again. */
  const quietly = (work: Promise<unknown>) => void work.catch(() => undefined);

  const stopIfAsked = async () => {
    if (await streams.stopRequested(requestId)) abort.abort(new Error("stopped by the reader"));
  };
  /** Readers of other processes count as well; they say so in the store. */
  const endIfAlone = async () => {
    const elsewhere = await streams.hasReader(requestId).catch(() => false);
    if (grace === undefined) return;
    if (elsewhere) armGrace();
    else abort.abort(new Error("nobody reads"));
  };
  function armGrace(ms = graceMs) {
    grace = setTimeout(() => quietly(endIfAlone()), ms);
  }

  const lease = setInterval(() => quietly(streams.renewLease(requestId)), LEASE_RENEWAL_MS);
  const stop = setInterval(() => quietly(stopIfAsked()), STOP_CHECK_MS);
  armGrace(Math.max(graceMs, FIRST_READER_MS));

  return {
    readersChanged(count) {
      clearTimeout(grace);
      grace = undefined;
      if (count === 0) armGrace();
    },
    close() {
      clearInterval(lease);
      clearInterval(stop);
      clearTimeout(grace);
      grace = undefined;
    },
  };
}
