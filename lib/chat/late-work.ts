import type { Clock } from "@/lib/domain/clock";
import type { LateTurns } from "@/lib/late-turns";

/** Of a turn of the event loop, at most about this much: what else is there to do waits so long for it. */
const TURN_MS = 1;

/** Does work that no reader waits for; it may be interrupted at each `yield`. Rejects with what the work throws. */
export async function doLate(
  work: Iterator<void>,
  { turns, clock }: { turns: LateTurns; clock: Clock },
): Promise<void> {
  for (;;) {
    await turns.next();
    const end = clock.monotonic() + TURN_MS;
    do if (work.next().done) return;
    while (clock.monotonic() < end);
  }
}
