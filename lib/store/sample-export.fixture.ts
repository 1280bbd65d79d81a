import type { ScoreExport } from "@/lib/domain/score-export";
import type { TraceExport } from "@/lib/observability/trace-sink";
import { emptyRecord } from "@/lib/run-view/reduce-run";

/** A run that waits for Langfuse. */
export function sampleExport(requestId: string, message: string): TraceExport {
  return { record: { ...emptyRecord(requestId), message }, userId: "browser-hash", debug: true };
}

/** A vote that waits for Langfuse. */
export function sampleVote(request_id: string, comment: string): ScoreExport {
  return {
    request_id,
    name: "user_feedback",
    vote: { value: "down", reasons: ["source"], comment, at: 1_760_000_000_000 },
  };
}
