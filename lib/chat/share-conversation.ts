import { randomBytes } from "node:crypto";
import { AppError } from "@/lib/errors";
import type { ConversationShare } from "@/lib/events/conversation-answer";
import type { Conversation, ConversationStore } from "@/lib/store/conversation-store";
import { activePath, questionOf } from "./active-path";

/** One question of a shared conversation. Sources are named; what their passages say is not shown. */
export interface SharedTurn {
  question: string;
  answer: string;
  status: "success" | "error" | "aborted";
  sources: { n: number; title: string; heading: string }[];
}

export interface SharedConversation {
  title: string;
  /** When it was shared. */
  at: number;
  turns: SharedTurn[];
}

const SECRET_BYTES = 18;

/**
 * What sharing a conversation as it is now shows: the turns that are on screen and whose answers are complete.
 * Throws `conflict` when there is none.
 */
export function toShare({ title, messages }: Conversation, at: number): ConversationShare {
  const shown = activePath(messages).flatMap(({ answer }) => answer.versions[answer.active] ?? []);
  const request_ids = shown.filter(({ status }) => status !== "running").map(({ request_id }) => request_id);
  if (request_ids.length === 0) {
    throw new AppError("conflict", "There is no complete answer to share yet.");
  }
  return { share_id: randomBytes(SECRET_BYTES).toString("base64url"), at, title, request_ids };
}

/** What anybody reads under a share's id; null when it is shared no more, or never was. */
export async function readShared(
  shareId: string,
  conversations: ConversationStore,
): Promise<SharedConversation | null> {
  const sessionId = await conversations.findShared(shareId);
  const conversation = sessionId === null ? null : await conversations.conversation(sessionId);
  const share = conversation?.share;
  if (!conversation || share?.share_id !== shareId) return null;
  const turns = sharedTurns(conversation, new Set(share.request_ids));
  return { title: share.title, at: share.at, turns };
}

/** The versions that were shared, wherever their answers are in the branches of today. */
function sharedTurns({ messages }: Conversation, shared: ReadonlySet<string>): SharedTurn[] {
  return messages.flatMap((answer, at) => {
    const user = messages[at - 1];
    if (answer.role !== "assistant" || user?.role !== "user") return [];
    return answer.versions.flatMap((version, index) => {
      const { request_id, content, status, sources } = version;
      if (!shared.has(request_id) || status === "running") return [];
      const named = sources.map(({ n, title, heading }) => ({ n, title, heading }));
      const question = questionOf({ user, answer }, index);
      return [{ question, answer: content, status, sources: named }];
    });
  });
}
