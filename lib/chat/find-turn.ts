import type { ConversationStore, VersionPlace } from "@/lib/store/conversation-store";
import { type activePath, findTurnOf, questionOf, turnsBefore } from "./active-path";
import type { HistoryTurn } from "./question";

export interface FoundTurn {
  /** What the version answers. */
  message: string;
  /** The user's words as they were first sent. */
  original: string;
  history: HistoryTurn[];
  /** Of a private conversation. */
  private: boolean;
}

/** The question of an answer's version, and the turns before it; null when they are gone. */
export async function findTurn(
  requestId: string,
  place: VersionPlace,
  conversations: ConversationStore,
): Promise<FoundTurn | null> {
  const conversation = await conversations.conversation(place.session_id);
  const messages = conversation?.messages ?? [];
  const turn = findTurnOf(messages, place.message_id);
  const index = turn?.answer.versions.findIndex(({ request_id }) => request_id === requestId) ?? -1;
  if (!conversation || !turn || index < 0) return null;
  const history = toHistory(turnsBefore(messages, turn));
  const original = turn.user.content;
  return { message: questionOf(turn, index), original, history, private: conversation.private };
}

/** What was said, oldest first; of an answer the version that is shown. */
export function toHistory(turns: ReturnType<typeof activePath>): HistoryTurn[] {
  return turns
    .flatMap((turn): HistoryTurn[] => [
      { role: "user", content: questionOf(turn, turn.answer.active) },
      { role: "assistant", content: turn.answer.versions[turn.answer.active]?.content ?? "" },
    ])
    .filter(({ content }) => content !== "");
}
