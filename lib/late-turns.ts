import { setImmediate, setTimeout } from "node:timers/promises";
import type { Clock } from "./domain/clock";

/** Turns of the event loop for work that no reader waits for. */
export interface LateTurns {
  /**
   * Resolves in a turn in which nobody waits for an answer to begin, so that the work takes none of that time;
   * where there was no such turn for a while, in any.
   */
  next(): Promise<void>;
  /** Somebody waits from now on, until the returned function is called for the first time. */
  hold(): () => void;
}

interface LateTurnsOptions {
  clock: Clock;
  wait?: (ms: number) => Promise<unknown>;
}

/** A process that is busier than this does its late work beside its answers: it must not pile up. */
const LONGEST_HOLD_MS = 250;

export function createLateTurns({ clock, wait = setTimeout }: LateTurnsOptions): LateTurns {
  let holds = 0;
  let heldSince = 0;
  let released = Promise.withResolvers<void>();

  const leftMs = () => (holds === 0 ? 0 : heldSince + LONGEST_HOLD_MS - clock.monotonic());

  function release(): void {
    holds -= 1;
    if (holds === 0) released.resolve();
  }

  return {
    async next() {
      for (;;) {
        await setImmediate();
        const left = leftMs();
        if (left <= 0) return;
        await Promise.race([released.promise, wait(left)]);
      }
    },
    hold() {
      if (holds === 0) {
        heldSince = clock.monotonic();
        released = Promise.withResolvers();
      }
      holds += 1;
      let isHeld = true;
      return () => {
        if (isHeld) release();
        isHeld = false;
      };
    },
  };
}
