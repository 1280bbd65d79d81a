import { unbornPollMs } from "@/lib/run-view/poll-delay";
import { readArchived } from "./archived-run";
import type { DebugPorts } from "./read-run";

/**
 * What a page of its own has to know of a request before it asks for more; null when nothing is stored of it.
 * One that was made this moment counts as there: its first event may be on the way.
 */
export async function findRunPage(
  requestId: string,
  browserId: string | null,
  { runs, archive, conversations, clock }: Pick<DebugPorts, "runs" | "archive" | "conversations" | "clock">,
): Promise<{ conversationPath: string | null } | null> {
  const run = await runs.read(requestId, Number.MAX_SAFE_INTEGER);
  const sessionId = run?.head.session_id ?? (await archivedSession(requestId, { runs, archive, clock }));
  if (sessionId === null) {
    return unbornPollMs(requestId, clock.now()) === null ? null : { conversationPath: null };
  }
  if (sessionId === undefined) return { conversationPath: null };
  const conversation = await conversations.conversation(sessionId);
  const isOwn = browserId !== null && conversation?.owner === browserId;
  return { conversationPath: isOwn ? `/c/${sessionId}` : null };
}

/** Undefined when the archive cannot be asked: the page then says so itself. */
async function archivedSession(
  requestId: string,
  ports: Pick<DebugPorts, "runs" | "archive" | "clock">,
): Promise<string | null | undefined> {
  try {
    return (await readArchived(requestId, ports))?.session_id ?? null;
  } catch {
    return undefined;
  }
}
