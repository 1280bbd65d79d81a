import type { RecordedEvent, StampedEvent } from "./run-event";

/**
 * Numbers the events of one run from 1 and dates each: the wall clock at the run's start plus monotonic
 * time, so that a clock that jumps does not bend the run.
 */
export function createStamper(requestId: string, startedAt: number, elapsedMs: () => number) {
  let seq = 0;
  return (event: RecordedEvent): StampedEvent => {
    seq += 1;
    return { ...event, v: 1, request_id: requestId, seq, at: Math.round(startedAt + elapsedMs()) };
  };
}
