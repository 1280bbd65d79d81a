import type { Clock } from "@/lib/domain/clock";
import type { Payload } from "@/lib/domain/payload";
import type { RecordedEvent, StampedEvent } from "@/lib/events/run-event";
import { createStamper } from "@/lib/events/stamp";
import { createEventMasker } from "@/lib/security/mask-event";
import { toKeptEvent } from "@/lib/security/withhold-event";

/** An event of a run as it leaves the pipeline. */
export interface KeptEvent {
  /** Masked, and without contents where these are not kept. */
  kept: StampedEvent;
  /** Masked, with its contents in any case. */
  whole: StampedEvent;
  /** What the event shows the beginning of. */
  payloads: Payload[];
}

interface RunEventsOptions {
  requestId: string;
  /** What the user wrote, now and before: secrets in it are masked wherever they turn up. */
  asked: readonly string[];
  clock: Clock;
}

export interface KeptEvents {
  /** Milliseconds of the run so far: when an event happened that is kept later. */
  elapsedMs(): number;
  /** In the order in which they happened. */
  keep(event: RecordedEvent, elapsedMs: number): KeptEvent;
  /** Payload parts cut so far. */
  truncated(): number;
}

/** Masks, numbers and dates the events of one run. */
export function createKeptEvents({ requestId, asked, clock }: RunEventsOptions): KeptEvents {
  const masker = createEventMasker(asked);
  const origin = clock.monotonic();
  let elapsed = 0;
  const stamp = createStamper(requestId, clock.now(), () => elapsed);
  return {
    elapsedMs: () => clock.monotonic() - origin,
    truncated: masker.truncated,
    keep(event, elapsedMs) {
      elapsed = elapsedMs;
      const masked = masker.mask(event);
      const { event: toKeep, payloads } = toKeptEvent(masked);
      const kept = stamp(toKeep);
      const { v, request_id, seq, at } = kept;
      const whole = toKeep === masked.event ? kept : { ...masked.event, v, request_id, seq, at };
      return { kept, whole, payloads };
    },
  };
}
