import { z } from "zod";
import type { Answer } from "./langfuse-api";

/** OTLP's "most of it": the count is an int64, which JSON writes as a string. */
const partialSuccessSchema = z.object({
  partialSuccess: z.object({ rejectedSpans: z.union([z.number(), z.string()]) }),
});

/** What became of one try to hand something over. Reasons are sentences without host, key or content. */
export type Verdict =
  | { taken: true; note: string | null }
  | { taken: false; reason: string; retryable: boolean; retryAfterMs: number | null };

const refused = (reason: string): Verdict => ({
  taken: false,
  reason,
  retryable: false,
  retryAfterMs: null,
});
const later = (reason: string, retryAfterMs: number | null = null): Verdict => ({
  taken: false,
  reason,
  retryable: true,
  retryAfterMs,
});

/** Reads Langfuse's answer to a POST or DELETE. */
export function judge(answer: Answer): Verdict {
  if (answer.kind === "unreachable") return later("Langfuse is not reachable");
  if (answer.kind === "timeout") return later("Langfuse did not answer in time");
  const { status } = answer;
  if (status >= 200 && status < 300) {
    if (answer.isJson) return { taken: true, note: null };
    return later("Langfuse answered something that is not Langfuse's; check the address");
  }
  if (status === 401) return refused("Langfuse refused the keys (401)");
  if (status === 403) return refused("Langfuse does not allow this (403)");
  if (status === 404 || status === 405 || (status >= 300 && status < 400)) {
    return refused(`Langfuse's API was not found at this address (${status})`);
  }
  if (status === 413) return refused("The trace is too large for Langfuse (413)");
  if (status === 429) return later("Langfuse takes no more for now (429)", answer.retryAfterMs);
  if (status === 408 || status >= 500)
    return later(`Langfuse failed on its side (${status})`, answer.retryAfterMs);
  return refused(`Langfuse rejected it (${status})`);
}

/** Like `judge`, for a body of `sent` spans: some of them may have been rejected. */
export function judgeSpans(answer: Answer, sent: number): Verdict {
  const verdict = judge(answer);
  if (!verdict.taken || answer.kind !== "answered") return verdict;
  const rejected = Number(
    partialSuccessSchema.safeParse(answer.body).data?.partialSuccess.rejectedSpans ?? 0,
  );
  if (!(rejected > 0)) return verdict;
  const note = `Langfuse rejected ${rejected} of ${sent} observations`;
  return rejected >= sent ? refused(note) : { taken: true, note };
}
