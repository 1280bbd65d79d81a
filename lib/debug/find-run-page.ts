import { isUnavailable } from "@/lib/errors";
import { unbornPollMs } from "@/lib/run-view/poll-delay";
import type { ConversationStore } from "@/lib/store/conversation-store";
import { readArchived } from "./archived-run";
import type { DebugPorts } from "./read-run";

interface FindRunPorts extends Pick<DebugPorts, "runs" | "archive" | "clock"> {
  conversations: Pick<ConversationStore, "conversation">;
}

/**
 * What a page of its own has to know of a request before it asks for more; null when nothing is stored of it.
 * One that was made this moment counts as there: its first event may be on the way.
 */
export async function findRunPage(
  requestId: string,
  browserId: string | null,
  { runs, archive, conversations, clock }: FindRunPorts,
): Promise<{ conversationPath: string | null } | null> {
  const run = await runs.read(requestId, Number.MAX_SAFE_INTEGER);
  const sessionId = run?.head.session_id ?? (await archivedSession(requestId, { runs, archive, clock }));
  if (sessionId === null) {
    return unbornPollMs(requestId, clock.now()) === null ? null : { conversationPath: null };
  }
  if (sessionId === undefined) return { conversationPath: null };
  // The request can be shown while nobody knows whose conversation it is from.
  const conversation = await conversations.conversation(sessionId).catch(ignoreUnavailable);
  const isOwn = browserId !== null && conversation?.owner === browserId;
  return { conversationPath: isOwn ? `/c/${sessionId}` : null };
}

function ignoreUnavailable(error: unknown): null {
  if (isUnavailable(error)) return null;
  throw error;
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
