import type { RunRecord } from "@/lib/domain/run-record";
import type { TraceLink } from "@/lib/domain/trace-link";
import type { TraceSink } from "@/lib/observability/trace-sink";
import { emptyRecord, reduceRun } from "@/lib/run-view/reduce-run";
import { keepsContent } from "@/lib/security/redaction";
import type { RunStore } from "@/lib/store/run-store";
import { toRunSummary } from "@/lib/store/to-run-summary";
import type { KeptEvents } from "./kept-events";
import { createPayloadList } from "./payload-list";
import type { RunRecorder } from "./run-recorder";

interface RecorderOptions {
  requestId: string;
  events: KeptEvents;
  store: RunStore;
  sink: TraceSink;
  /** Hash of the browser that asked. */
  userId: string;
  /** Told of the whole masked run when it has ended, with its contents even where these are not kept. */
  onEnd(record: RunRecord): void;
  /** Told of faults of the store; they change nothing else. */
  onFault(error: unknown): void;
}

/** Takes the events of one run to the debug store as they happen, and the run to the trace sink at its end. */
export function createRunRecorder({
  requestId,
  events,
  store,
  sink,
  userId,
  onEnd,
  onFault,
}: RecorderOptions): RunRecorder {
  let record = emptyRecord(requestId);
  let whole = record;
  const handedOver = Promise.withResolvers<void>();

  const quietly = (work: Promise<void>) => void work.catch(onFault);
  const keepLink = (trace: TraceLink) => quietly(store.patchFacts(requestId, { trace }));
  const kept = createPayloadList();
  const head = () => ({
    ...pickHead(record),
    truncated: events.truncated(),
    dropped: 0,
    payloads: kept.list(),
  });

  return {
    handedOver: handedOver.promise,
    record(event) {
      const stamped = events.keep(event, events.elapsedMs());
      record = reduceRun(record, stamped.kept);
      whole = keepsContent() ? record : reduceRun(whole, stamped.whole);
      const payloads = kept.add(stamped.payloads);
      quietly(store.append(head(), [stamped.kept]));
      for (const payload of payloads) quietly(store.putPayload(requestId, payload));
      if (event.type === "run-start") {
        quietly(store.putSummary(toRunSummary(record)));
        keepLink(sink.initialLink(requestId, true));
      }
      if (event.type === "run-end") {
        quietly(store.putSummary(toRunSummary(record)));
        sink.export({ record, userId, debug: true }, keepLink);
        onEnd(whole);
        handedOver.resolve();
      }
    },
  };
}

function pickHead({ request_id, session_id, status, started_at }: RunRecord) {
  return { request_id, session_id, status, started_at };
}
