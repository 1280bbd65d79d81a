import { AppError } from "@/lib/errors";
import type { ConversationMessage } from "@/lib/events/conversation-answer";
import type { Conversation } from "@/lib/store/conversation-store";
import { closeInterrupted, type InterruptedPorts } from "./close-interrupted";

/**
 * A conversation of this browser; throws `not_found` for any other. An answer whose process died is closed
 * first, so that no reader waits for it.
 */
export async function readConversation(
  sessionId: string,
  browserId: string | null,
  ports: InterruptedPorts,
  isLive: (requestId: string) => boolean,
): Promise<Conversation> {
  const conversation = await ownConversation(sessionId, browserId, ports);
  const dead = await deadRuns(conversation.messages, ports, isLive);
  if (dead.length === 0) return conversation;
  for (const requestId of dead) await closeInterrupted(requestId, ports);
  return ownConversation(sessionId, browserId, ports);
}

async function ownConversation(
  sessionId: string,
  browserId: string | null,
  { conversations }: InterruptedPorts,
): Promise<Conversation> {
  const conversation = await conversations.conversation(sessionId);
  if (!conversation || conversation.owner !== browserId) {
    throw new AppError("not_found", "There is no such conversation in this browser.");
  }
  return conversation;
}

async function deadRuns(
  messages: readonly ConversationMessage[],
  { streams }: InterruptedPorts,
  isLive: (requestId: string) => boolean,
): Promise<string[]> {
  const running = messages
    .flatMap((message) => (message.role === "assistant" ? message.versions : []))
    .filter(({ status, request_id }) => status === "running" && !isLive(request_id));
  const slices = await Promise.all(
    running.map(async ({ request_id }) => ({ request_id, slice: await streams.read(request_id, 0) })),
  );
  return slices.filter(({ slice }) => !slice?.alive || slice.ended).map(({ request_id }) => request_id);
}
