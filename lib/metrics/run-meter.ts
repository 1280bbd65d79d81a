import type { RecordedEvent } from "@/lib/events/run-event";

/** Port: counts what happens in runs, for the operator's monitoring. No call throws or waits. */
export interface RunMeter {
  /** Follows one run, private or not: what it is told holds times, counts and names, and no text is kept. */
  follow(): (event: RecordedEvent) => void;
}
