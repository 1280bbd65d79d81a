import type { AnswerVersion, ConversationAnswer } from "@/lib/events/conversation-answer";
import type { Ask } from "./live-turn";

/**
 * The request_id of the answer that the server makes, or has made, to a question of which the page got no word back:
 * the question may have arrived all the same. Null where it has not, or where the server cannot say.
 */
export async function findAnswer(http: typeof fetch, ask: Ask): Promise<string | null> {
  const response = await http(`/api/sessions/${ask.sessionId}`).catch(() => null);
  if (!response?.ok) return null;
  const { conversationAnswerSchema } = await import("@/lib/events/conversation-answer");
  const conversation = conversationAnswerSchema.safeParse(await response.json().catch(() => null));
  return (conversation.data && answersTo(conversation.data, ask).at(-1)?.request_id) ?? null;
}

/** The answers of a conversation to this question that the page did not know when it asked. */
export function answersTo({ messages }: ConversationAnswer, { message, known }: Ask): AnswerVersion[] {
  let question = "";
  return messages.flatMap((one) => {
    if (one.role === "user") {
      question = one.content;
      return [];
    }
    return one.versions.filter(
      (version) => !known.includes(version.request_id) && (version.question ?? question) === message,
    );
  });
}
