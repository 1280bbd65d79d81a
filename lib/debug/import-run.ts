import { z } from "zod";
import { createPayloadList } from "@/lib/chat/payload-list";
import type { Clock } from "@/lib/domain/clock";
import { type IdSource, importedIdPrefix } from "@/lib/domain/ids";
import { type RunRecord, runRecordSchema } from "@/lib/domain/run-record";
import { disabledTraceLink } from "@/lib/domain/trace-link";
import { AppError } from "@/lib/errors";
import { createStamper } from "@/lib/events/stamp";
import { emptyRecord, reduceEvents } from "@/lib/run-view/reduce-run";
import { toEvents } from "@/lib/run-view/to-events";
import { createEventMasker } from "@/lib/security/mask-event";
import type { RunStore } from "@/lib/store/run-store";
import { toRunSummary } from "@/lib/store/to-run-summary";

/** The largest file that is taken. */
export const MAX_IMPORT_BYTES = 10_000_000;

/** An exported record; one of a later version says so before its shape is looked at. */
export const importSchema = z
  .looseObject({ v: z.number().int() })
  .refine(({ v }) => v <= 1, { path: ["v"], error: "this file was made by a later version of Sidetrace" })
  .pipe(runRecordSchema);

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
  const masked = toEvents(record).map((event) => masker.mask(event));
  const events = masked.map(({ event }) => stamp(event));
  const kept = createPayloadList();
  const payloads = kept.add(masked.flatMap((one) => one.payloads));
  const folded = reduceEvents(emptyRecord(requestId), events);
  const { session_id, status, started_at } = folded;
  if (status === "running") {
    throw new AppError("invalid_request", "This run had not ended when it was exported. Export it again.");
  }
  const head = {
    request_id: requestId,
    session_id,
    status,
    started_at,
    truncated: masker.truncated(),
    dropped: 0,
    payloads: kept.list(),
  };
  await runs.append(head, events);
  for (const payload of payloads) await runs.putPayload(requestId, payload);
  await runs.patchFacts(requestId, { trace: disabledTraceLink });
  // In the list it stands where it came in, not among the runs of its own day.
  await runs.putSummary({ ...toRunSummary(folded), started_at: clock.now() });
  return requestId;
}
