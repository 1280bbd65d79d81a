import { setImmediate, setTimeout } from "node:timers/promises";
import type { Clock } from "./domain/clock";

/** Turns of the event loop for work that no reader waits for. */
export interface LateTurns {
  /**
   * Resolves in a turn in which nobody waits for an answer to begin, so that the work takes none of that time;
   * where there was no such turn for a while, or many wait for one, in any. First come, first served.
   */
  next(): Promise<void>;
  /** Somebody waits from now on, until the returned function is called for the first time. */
  hold(): () => void;
}

interface LateTurnsOptions {
  clock: Clock;
  wait?: (ms: number) => Promise<unknown>;
}

/** A process that is busier than this does its late work beside its answers. */
const LONGEST_HOLD_MS = 250;
/** As many may wait; where there are more of them, more go at a time: late work must not pile up. */
const MOST_WAITING = 16;

export function createLateTurns({ clock, wait = setTimeout }: LateTurnsOptions): LateTurns {
  const waiting: (() => void)[] = [];
  let isServing = false;
  let holds = 0;
  let heldSince = 0;
  let changed = Promise.withResolvers<void>();

  function leftMs(): number {
    if (holds === 0 || waiting.length > MOST_WAITING) return 0;
    return heldSince + LONGEST_HOLD_MS - clock.monotonic();
  }

  async function serve(): Promise<void> {
    isServing = true;
    while (waiting.length > 0) {
      await setImmediate();
      const left = leftMs();
      if (left > 0) await Promise.race([changed.promise, wait(left)]);
      else for (const go of waiting.splice(0, Math.ceil(waiting.length / MOST_WAITING))) go();
    }
    isServing = false;
  }

  function tellChange(): void {
    changed.resolve();
    changed = Promise.withResolvers();
  }

  return {
    next() {
      const turn = Promise.withResolvers<void>();
      waiting.push(turn.resolve);
      if (!isServing) void serve();
      if (waiting.length > MOST_WAITING) tellChange();
      return turn.promise;
    },
    hold() {
      if (holds === 0) heldSince = clock.monotonic();
      holds += 1;
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        holds -= 1;
        if (holds === 0) tellChange();
      };
    },
  };
}
