import type { Clock } from "@/lib/domain/clock";
import { createOpenWork } from "@/lib/open-work";
import type { DaySums } from "./day-sums";

/** People and addresses that are remembered; who was not seen for long is asked for again. */
const MAX_KEYS = 50_000;

/** What the processes of an installation have used up today (UTC), as far as one of them knows. */
export interface DayCounter {
  /** Counts at once here, and in the background for all others. */
  add(key: string, amount: number): void;
  /** The sum of all processes or, while their store is away, the most that this one knows of. Does not throw. */
  sum(key: string): Promise<number>;
  /** Until the end of the day. */
  msLeft(): number;
  /** Waits until the store has what was counted; not while it is away. */
  flush(): Promise<void>;
}

interface Count {
  /** What is known of the sum, with what is not sent yet. It never falls. */
  known: number;
  unsent: number;
}

interface DayCounterOptions {
  sums: DaySums;
  clock: Clock;
}

/**
 * Counts with a store that may be away or come back empty: what this process knows is handed on with everything
 * that it adds, so that a sum once reached is not given up.
 */
export function createDayCounter({ sums, clock }: DayCounterOptions): DayCounter {
  let day = "";
  let counts = new Map<string, Count>();
  /** On its way in the background. */
  const sending = createOpenWork();

  function countOf(key: string): Count {
    const today = new Date(clock.now()).toISOString().slice(0, 10);
    // A clock that jumps back does not open yesterday again.
    if (today > day) {
      day = today;
      counts = new Map();
    }
    const count = counts.get(key) ?? { known: 0, unsent: 0 };
    counts.delete(key);
    counts.set(key, count);
    if (counts.size > MAX_KEYS) forgetOldest();
    return count;
  }

  function forgetOldest(): void {
    for (const [key, { unsent }] of counts) {
      if (counts.size <= MAX_KEYS) return;
      if (unsent === 0) counts.delete(key);
    }
  }

  async function send(key: string, count: Count): Promise<void> {
    const amount = count.unsent;
    count.unsent = 0;
    try {
      const sum = await sums.add(day, key, amount, count.known);
      count.known = Math.max(count.known, sum + count.unsent);
    } catch {
      // Sent again with the next one. What had arrived all the same counts twice: too much rather than too little.
      count.unsent += amount;
    }
  }

  return {
    add(key, amount) {
      if (amount <= 0) return;
      const count = countOf(key);
      count.known += amount;
      count.unsent += amount;
      sending.add(send(key, count));
    },
    async sum(key) {
      const count = countOf(key);
      await send(key, count);
      return count.known;
    },
    msLeft: () => Date.parse(`${new Date(clock.now()).toISOString().slice(0, 10)}T24:00:00Z`) - clock.now(),
    async flush() {
      await sending.settled();
      const unsent = [...counts].filter(([, count]) => count.unsent > 0);
      await Promise.all(unsent.map(([key, count]) => send(key, count)));
    },
  };
}
