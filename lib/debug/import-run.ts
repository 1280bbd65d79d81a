import { z } from "zod";
import { createPayloadList } from "@/lib/chat/payload-list";
import type { Clock } from "@/lib/domain/clock";
import { type IdSource, importedIdPrefix } from "@/lib/domain/ids";
import { type RunRecord, runRecordSchema } from "@/lib/domain/run-record";
import { disabledTraceLink } from "@/lib/domain/trace-link";
import type { RecordedEvent } from "@/lib/events/run-event";
import { createStamper } from "@/lib/events/stamp";
import { measureRun } from "@/lib/run-view/measure-run";
import { emptyRecord, reduceEvents } from "@/lib/run-view/reduce-run";
import { toEvents } from "@/lib/run-view/to-events";
import { createEventMasker } from "@/lib/security/mask-event";
import { toKeptText } from "@/lib/security/redaction";
import { toKeptEvent } from "@/lib/security/withhold-event";
import type { RunStore } from "@/lib/store/run-store";
import { toRunSummary } from "@/lib/store/to-run-summary";
import { isShallow } from "./is-shallow";

/** The largest file that is taken. */
export const MAX_IMPORT_BYTES = 10_000_000;
/** No run comes near these; a file beyond them is not one of ours, and would keep every reader busy. */
const MAX_DEPTH = 200;
const MAX_ENTRIES = 10_000;

/** An exported record; one of a later version says so before its shape is looked at. */
export const importSchema = z
  .looseObject({ v: z.number().int() })
  .refine(({ v }) => v <= 1, { path: ["v"], error: "this file was made by a later version of Sidetrace" })
  .refine((file) => isShallow(file, MAX_DEPTH), "the file is nested too deeply")
  .pipe(runRecordSchema)
  .refine(({ spans }) => spans.length <= MAX_ENTRIES, { path: ["spans"], error: "too many spans" })
  .refine(({ execution_log }) => execution_log.length <= MAX_ENTRIES, {
    path: ["execution_log"],
    error: "too many lines",
  })
  .refine(({ status }) => status !== "running", {
    path: ["status"],
    error: "the run had not ended when it was exported; export it again",
  });

interface ImportPorts {
  runs: RunStore;
  clock: Clock;
  ids: IdSource;
}

/**
 * Keeps an exported run under an id of its own, masked again and for as long as any run. Its links lead to
 * another installation's Langfuse, if anywhere, so they are left out. Throws `unavailable` when the store
 * cannot take it.
 */
export async function importRun(record: RunRecord, { runs, clock, ids }: ImportPorts): Promise<string> {
  const requestId = `${importedIdPrefix}${ids.uuid()}`;
  const masker = createEventMasker();
  const stamp = createStamper(requestId, record.started_at, () => 0);
  const masked = toEvents(record).map((event) => toKeptEvent(masker.mask(event)));
  const events = masked.map(({ event }) => stamp(event));
  const kept = createPayloadList();
  const payloads = kept.add(masked.flatMap((one) => one.payloads));
  const { session_id, status, started_at } = record;
  const truncated = masker.truncated();
  const head = { session_id, status, started_at, truncated, dropped: 0, payloads: kept.list() };
  await runs.append({ request_id: requestId, ...head }, events);
  for (const payload of payloads) await runs.putPayload(requestId, payload);
  await runs.patchFacts(requestId, { trace: disabledTraceLink, feedback: maskFeedback(record.feedback) });
  // What the list shows of a run is in these few events; to fold all of them would cost much more.
  const outline = reduceEvents(
    emptyRecord(requestId),
    events.filter(({ type }) => OUTLINE.has(type)),
  );
  const summary = toRunSummary({ ...outline, performance_metrics: measureRun(record) });
  // In the list it stands where it came in, not among the runs of its own day.
  await runs.putSummary({ ...summary, started_at: clock.now() });
  return requestId;
}

const OUTLINE: ReadonlySet<RecordedEvent["type"]> = new Set([
  "run-start",
  "route-decision",
  "plan",
  "run-end",
]);

function maskFeedback(feedback: RunRecord["feedback"]): RunRecord["feedback"] {
  return feedback && { ...feedback, comment: feedback.comment && toKeptText(feedback.comment) };
}
