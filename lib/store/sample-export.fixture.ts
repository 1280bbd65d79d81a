import type { TraceExport } from "@/lib/observability/trace-sink";
import { emptyRecord } from "@/lib/run-view/reduce-run";

/** A run that waits for Langfuse. */
export function sampleExport(requestId: string, message: string): TraceExport {
  return { record: { ...emptyRecord(requestId), message }, userId: "browser-hash", debug: true };
}
