import type { Conversation, ConversationStore, VersionPlace } from "@/lib/store/conversation-store";
import type { HistoryTurn } from "./question";

/** The user's words before an answer, the turns before those, and its conversation's privacy; null when they are gone. */
export async function findTurn(
  place: VersionPlace,
  conversations: ConversationStore,
): Promise<{ message: string; history: HistoryTurn[]; private: boolean } | null> {
  const conversation = await conversations.conversation(place.session_id);
  const messages = conversation?.messages ?? [];
  const index = messages.findIndex(({ message_id }) => message_id === place.message_id);
  const asked = messages[index - 1];
  if (!conversation || asked?.role !== "user") return null;
  const history = toHistory(messages.slice(0, index - 1));
  return { message: asked.content, history, private: conversation.private };
}

/** What was said, oldest first; of an answer the version that is shown. */
export function toHistory(messages: Conversation["messages"]): HistoryTurn[] {
  return messages
    .map((message) =>
      message.role === "user"
        ? { role: message.role, content: message.content }
        : { role: message.role, content: message.versions[message.active]?.content ?? "" },
    )
    .filter(({ content }) => content !== "");
}
