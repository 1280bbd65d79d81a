import { toTraceId } from "@/lib/domain/ids";
import type { TraceLink } from "@/lib/domain/trace-link";

/** What can happen to a trace on its way. */
export type LinkEvent =
  | { type: "taken"; note: string | null }
  | { type: "not-taken"; reason: string }
  | { type: "seen"; url: string };

/** The link of a run before anything was sent. */
export function pendingLink(): TraceLink {
  return { state: "pending", url: null, reason: null, observation_base: null };
}

/** The link of a run that waits to be sent again. */
export function failedLink(): TraceLink {
  return { ...pendingLink(), state: "failed" };
}

export function sampledOutLink(reason: string): TraceLink {
  return { state: "sampled_out", url: null, reason, observation_base: null };
}

/**
 * Where a trace is after an event: pending → exported → visible, or failed, from where a later try may
 * still succeed. What was seen stays seen, and what Langfuse took is not lost by a late failure.
 */
export function moveLink(link: TraceLink, event: LinkEvent): TraceLink {
  const waiting = link.state === "pending" || link.state === "failed";
  if (event.type === "taken") return waiting ? { ...link, state: "exported", reason: event.note } : link;
  if (event.type === "not-taken") return waiting ? { ...link, state: "failed", reason: event.reason } : link;
  if (link.state === "disabled" || link.state === "sampled_out" || link.state === "visible") return link;
  return {
    state: "visible",
    url: event.url,
    reason: link.state === "exported" ? link.reason : null,
    observation_base: `${event.url}?observation=`,
  };
}

/** The trace's page in Langfuse. `publicUrl` is the address that a browser reaches, without a last slash. */
export function traceUrl(publicUrl: string, projectId: string, traceId: string): string {
  return `${publicUrl}/project/${encodeURIComponent(projectId)}/traces/${traceId}`;
}

/**
 * Whether a run is among the share `rate` (0 to 1) that is traced: by its id alone, so that every process
 * and every later question gives the same answer. The last 52 bits of a UUID are random in all versions.
 */
export function isSampled(requestId: string, rate: number): boolean {
  if (rate >= 1) return true;
  return Number.parseInt(toTraceId(requestId).slice(-13), 16) / 2 ** 52 < rate;
}
