import type { Clock } from "@/lib/domain/clock";
import type { LateTurns } from "@/lib/late-turns";

/** Work that no reader waits for, one after the other. */
export interface LateWork {
  /** Does the work, which may be interrupted at each `yield`. Resolves when it is done; never rejects. */
  start(work: Iterator<void>): Promise<void>;
}

interface LateWorkOptions {
  clock: Clock;
  turns: LateTurns;
  /** Told of work that threw; what follows is done all the same. */
  onFault(error: unknown): void;
}

/** Of a turn of the event loop, at most about this much: what else is there to do waits so long for it. */
const TURN_MS = 1;

export function createLateWork({ clock, turns, onFault }: LateWorkOptions): LateWork {
  let last: Promise<void> = Promise.resolve();

  async function doWork(work: Iterator<void>): Promise<void> {
    for (;;) {
      await turns.next();
      const end = clock.monotonic() + TURN_MS;
      do if (work.next().done) return;
      while (clock.monotonic() < end);
    }
  }

  return {
    start(work) {
      last = last.then(() => doWork(work)).catch(onFault);
      return last;
    },
  };
}
