import { unbornPollMs } from "@/lib/run-view/poll-delay";
import type { DebugPorts } from "./read-run";

/**
 * What a page of its own has to know of a request before it asks for more; null when nothing is stored of it.
 * One that was made this moment counts as there: its first event may be on the way.
 */
export async function findRunPage(
  requestId: string,
  browserId: string | null,
  { runs, conversations, clock }: Pick<DebugPorts, "runs" | "conversations" | "clock">,
): Promise<{ conversationPath: string | null } | null> {
  const run = await runs.read(requestId, Number.MAX_SAFE_INTEGER);
  if (!run) return unbornPollMs(requestId, clock.now()) === null ? null : { conversationPath: null };
  const { session_id } = run.head;
  const conversation = await conversations.conversation(session_id);
  const isOwn = browserId !== null && conversation?.owner === browserId;
  return { conversationPath: isOwn ? `/c/${session_id}` : null };
}
