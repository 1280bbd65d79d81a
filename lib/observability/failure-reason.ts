import { z } from "zod";
import type { Answer } from "./langfuse-api";

/** OTLP's "most of it": the count is an int64, which JSON writes as a string. */
const partialSuccessSchema = z.object({
  partialSuccess: z.object({ rejectedSpans: z.union([z.number(), z.string()]) }),
});

/** An answer of Langfuse's older ingestion: it took some events and has an error for each of the others. */
const multiStatusSchema = z.object({ errors: z.array(z.unknown()).min(1) });

/** Why a try failed. The reason is a sentence without host, key or content. */
export interface Refusal {
  taken: false;
  reason: string;
  /** Whether trying again within minutes makes sense. */
  retryable: boolean;
  retryAfterMs: number | null;
  /** `run`: this one will hardly ever be taken; `server`: others fare no better. */
  blame: "run" | "server";
}

/** What became of one try to hand something over. */
export type Verdict = { taken: true; note: string | null } | Refusal;

export function refused(reason: string, blame: Refusal["blame"]): Refusal {
  return { taken: false, reason, retryable: false, retryAfterMs: null, blame };
}

function later(reason: string, retryAfterMs: number | null = null): Refusal {
  return { taken: false, reason, retryable: true, retryAfterMs, blame: "server" };
}

/** Reads Langfuse's answer to a POST or DELETE. */
export function judge(answer: Answer): Verdict {
  if (answer.kind === "unreachable") return later("Langfuse is not reachable");
  if (answer.kind === "timeout") return later("Langfuse did not answer in time");
  const { status } = answer;
  if (status >= 200 && status < 300) {
    if (answer.isJson) return { taken: true, note: null };
    return later("Langfuse answered something that is not Langfuse's; check the address");
  }
  if (status === 401) return refused("Langfuse refused the keys (401)", "server");
  if (status === 403) return refused("Langfuse does not allow this (403)", "server");
  if (status === 404 || status === 405 || (status >= 300 && status < 400)) {
    return refused(`Langfuse's API was not found at this address (${status})`, "server");
  }
  if (status === 413) return refused("The trace is too large for Langfuse (413)", "run");
  if (status === 429) return later("Langfuse takes no more for now (429)", answer.retryAfterMs);
  if (status === 408 || status >= 500)
    return later(`Langfuse failed on its side (${status})`, answer.retryAfterMs);
  return refused(`Langfuse rejected it (${status})`, "run");
}

/**
 * Like `judge`, for a body of `sent` spans: some of them may have been rejected. OTLP's partial success is
 * final for these; errors beside a 207 are not, and the whole body may be sent again: ids make twice once.
 */
export function judgeSpans(answer: Answer, sent: number): Verdict {
  const verdict = judge(answer);
  if (!verdict.taken || answer.kind !== "answered") return verdict;
  const errors = answer.status === 207 ? multiStatusSchema.safeParse(answer.body).data?.errors : undefined;
  if (errors) return later(`Langfuse took not all of it: ${errors.length} errors (207)`);
  const rejected = Number(
    partialSuccessSchema.safeParse(answer.body).data?.partialSuccess.rejectedSpans ?? 0,
  );
  if (!(rejected > 0)) return verdict;
  const note = `Langfuse rejected ${rejected} of ${sent} observations`;
  return rejected >= sent ? refused(note, "run") : { taken: true, note };
}
