import type { RecordedEvent } from "@/lib/events/run-event";

/** Takes the events of one run to where they are kept. Neither delays nor breaks it. */
export interface RunRecorder {
  record(event: RecordedEvent): void;
  /** Resolves when the run has ended and the trace sink has it. */
  readonly handedOver: Promise<void>;
}
