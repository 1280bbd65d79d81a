import type { Clock } from "@/lib/domain/clock";
import type { RunRecord } from "@/lib/domain/run-record";
import type { TraceLink } from "@/lib/domain/trace-link";
import type { RecordedEvent } from "@/lib/events/run-event";
import { createStamper } from "@/lib/events/stamp";
import type { TraceSink } from "@/lib/observability/trace-sink";
import { emptyRecord, reduceRun } from "@/lib/run-view/reduce-run";
import { createEventMasker } from "@/lib/security/mask-event";
import { keepsContent } from "@/lib/security/redaction";
import { toKeptEvent } from "@/lib/security/withhold-event";
import type { RunStore } from "@/lib/store/run-store";
import { toRunSummary } from "@/lib/store/to-run-summary";
import { createPayloadList } from "./payload-list";

interface RecorderOptions {
  requestId: string;
  /** What the user wrote, now and before: secrets in it are masked wherever they turn up. */
  asked: readonly string[];
  /** Null: not kept for the sidebar. */
  store: RunStore | null;
  sink: TraceSink;
  /** Hash of the browser that asked. */
  userId: string;
  clock: Clock;
  /** Told of the whole masked run when it has ended, with its contents even where these are not kept. */
  onEnd(record: RunRecord): void;
  /** Told of faults of a store; they change nothing else. */
  onFault(error: unknown): void;
}

/** Takes the events of one run to the debug store and to the trace sink. Neither delays nor breaks it. */
export interface RunRecorder {
  record(event: RecordedEvent): void;
}

export function createRunRecorder({
  requestId,
  asked,
  store,
  sink,
  userId,
  clock,
  onEnd,
  onFault,
}: RecorderOptions): RunRecorder {
  const masker = createEventMasker(asked);
  const origin = clock.monotonic();
  const stamp = createStamper(requestId, clock.now(), () => clock.monotonic() - origin);
  let record = emptyRecord(requestId);
  let whole = record;

  const quietly = (work: Promise<void> | undefined) => void work?.catch(onFault);
  const keepLink = (trace: TraceLink) => quietly(store?.patchFacts(requestId, { trace }));
  const kept = createPayloadList();
  const head = () => ({
    ...pickHead(record),
    truncated: masker.truncated(),
    dropped: 0,
    payloads: kept.list(),
  });

  return {
    record(event) {
      const masked = masker.mask(event);
      const toKeep = toKeptEvent(masked);
      const stamped = stamp(toKeep.event);
      record = reduceRun(record, stamped);
      const { v, request_id, seq, at } = stamped;
      whole = keepsContent() ? record : reduceRun(whole, { ...masked.event, v, request_id, seq, at });
      const payloads = kept.add(toKeep.payloads);
      quietly(store?.append(head(), [stamped]));
      for (const payload of payloads) quietly(store?.putPayload(requestId, payload));
      if (event.type === "run-start") {
        quietly(store?.putSummary(toRunSummary(record)));
        keepLink(sink.initialLink(requestId, store !== null));
      }
      if (event.type === "run-end") {
        quietly(store?.putSummary(toRunSummary(record)));
        sink.export({ record, userId, debug: store !== null }, keepLink);
        onEnd(whole);
      }
    },
  };
}

function pickHead({ request_id, session_id, status, started_at }: RunRecord) {
  return { request_id, session_id, status, started_at };
}
