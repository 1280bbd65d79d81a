import type { Runtime } from "@/lib/runtime";
import type { Caller } from "@/lib/security/access";

/** What was looked at: events, the record, a long part; what was done with the run; or the tool that read it. */
export type AuditAction =
  | "events"
  | "record"
  | "payload"
  | "dataset"
  | "replay"
  | "resend"
  | "delete"
  | "get_run"
  | "compare_runs";

/**
 * One line in the log for each look at a run that is not known to be the caller's own: which role looked at which
 * run, and how. It holds no content and no browser's id. A script that keeps no cookie owns nothing; a replay and
 * an imported run belong to nobody.
 */
export async function auditRead(
  { roles, browserId }: Caller,
  requestId: string,
  action: AuditAction,
  { conversations, log }: Pick<Runtime, "conversations" | "log">,
): Promise<void> {
  const place = await conversations.findVersion(requestId).catch(() => null);
  if (browserId !== null && place?.owner === browserId) return;
  log.info({ audit: action, role: roles.at(-1), request_id: requestId }, "run read by role");
}
