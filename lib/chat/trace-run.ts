import type { Clock } from "@/lib/domain/clock";
import type { RunRecord } from "@/lib/domain/run-record";
import type { RecordedEvent, StampedEvent } from "@/lib/events/run-event";
import type { LateTurns } from "@/lib/late-turns";
import type { TraceSink } from "@/lib/observability/trace-sink";
import { emptyRecord, reduceEvents } from "@/lib/run-view/reduce-run";
import { keepsContent } from "@/lib/security/redaction";
import type { KeptEvents } from "./kept-events";
import { doLate } from "./late-work";
import type { RunRecorder } from "./run-recorder";

interface TracerOptions {
  requestId: string;
  events: KeptEvents;
  sink: TraceSink;
  /** Hash of the browser that asked. */
  userId: string;
  turns: LateTurns;
  clock: Clock;
  /** Told of the whole masked run, with its contents even where these are not kept. */
  onEnd(record: RunRecord): void;
  /** Told when it could not be traced. */
  onFault(error: unknown): void;
}

/**
 * Takes a run that no sidebar shows to the trace sink. Nobody sees it before its end, so its events are masked
 * and folded after it: answers that are being made have the process first.
 */
export function createRunTracer({
  requestId,
  events,
  sink,
  userId,
  turns,
  clock,
  onEnd,
  onFault,
}: TracerOptions): RunRecorder {
  const happened: { event: RecordedEvent; elapsedMs: number }[] = [];
  const handedOver = Promise.withResolvers<void>();

  function* handOver(): Generator<void> {
    const kept: StampedEvent[] = [];
    // The same where contents are kept.
    const whole: StampedEvent[] = keepsContent() ? kept : [];
    for (const { event, elapsedMs } of happened) {
      const stamped = events.keep(event, elapsedMs);
      kept.push(stamped.kept);
      if (whole !== kept) whole.push(stamped.whole);
      yield;
    }
    const record = reduceEvents(emptyRecord(requestId), kept);
    sink.export({ record, userId, debug: false }, () => undefined);
    yield;
    onEnd(whole === kept ? record : reduceEvents(emptyRecord(requestId), whole));
  }

  return {
    handedOver: handedOver.promise,
    record(event) {
      happened.push({ event, elapsedMs: events.elapsedMs() });
      if (event.type !== "run-end") return;
      void doLate(handOver(), { turns, clock }).catch(onFault).then(handedOver.resolve);
    },
  };
}
