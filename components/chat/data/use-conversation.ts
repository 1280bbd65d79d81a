import useSWR, { mutate } from "swr";
import type { Feedback } from "@/lib/domain/feedback";
import type { AnswerVersion, ConversationAnswer } from "@/lib/events/conversation-answer";
import { ApiFailure, getJson, sendJson } from "./api-client";
import { announceChange } from "./tab-sync";

const loadSchema = () =>
  import("@/lib/events/conversation-answer").then(({ conversationAnswerSchema }) => conversationAnswerSchema);

const pathOf = (sessionId: string) => `/api/sessions/${sessionId}`;

interface UseConversationOptions {
  /** false while the server cannot know the conversation: before its first question. */
  stored: boolean;
  /** Called for an answer that is being made, when this page does not make it. */
  onRunning(requestId: string): void;
}

export function useConversation(sessionId: string, { stored, onRunning }: UseConversationOptions) {
  const { data, error, isLoading } = useSWR(
    stored ? pathOf(sessionId) : null,
    (path) => getJson(path, loadSchema()),
    {
      shouldRetryOnError: (failure) => !(failure instanceof ApiFailure && failure.status < 500),
      onSuccess(conversation) {
        for (const version of versionsOf(conversation)) {
          if (version.status === "running") onRunning(version.request_id);
        }
      },
    },
  );
  const missing = error instanceof ApiFailure && error.status === 404;
  return { conversation: data ?? null, isLoading, missing, failed: error !== undefined && !missing };
}

/** Fetches a conversation again. Resolves with what is known of it then; undefined when nothing is. */
export function refreshConversation(sessionId: string): Promise<ConversationAnswer | undefined> {
  return mutate<ConversationAnswer>(pathOf(sessionId));
}

/** Shows another version of an answer: its place at once, and what follows it as soon as the server says so. */
export async function showVersion(sessionId: string, requestId: string): Promise<void> {
  const path = pathOf(sessionId);
  await mutate<ConversationAnswer>(path, (current) => current && withShown(current, requestId), {
    revalidate: false,
  });
  await sendJson("PATCH", path, { active: requestId }).catch(() => undefined);
  announceChange(sessionId);
  await mutate(path);
}

function withShown(conversation: ConversationAnswer, requestId: string): ConversationAnswer {
  const messages = conversation.messages.map((message) => {
    if (message.role === "user") return message;
    const index = message.versions.findIndex(({ request_id }) => request_id === requestId);
    return index === -1 ? message : { ...message, active: index };
  });
  return { ...conversation, messages };
}

/** Whether a conversation holds an answer as it stays. */
export function holdsAnswer(conversation: ConversationAnswer | undefined, requestId: string | null): boolean {
  return versionsOf(conversation ?? null).some(
    (version) => version.request_id === requestId && version.status !== "running",
  );
}

/** Shows a vote at once; the next fetch brings what the server holds. */
export async function showFeedback(
  sessionId: string,
  requestId: string,
  feedback: Feedback | null,
): Promise<void> {
  const change = (version: AnswerVersion) =>
    version.request_id === requestId ? { ...version, feedback } : version;
  await mutate<ConversationAnswer>(
    pathOf(sessionId),
    (current) =>
      current && {
        ...current,
        messages: current.messages.map((message) =>
          message.role === "assistant" ? { ...message, versions: message.versions.map(change) } : message,
        ),
      },
    { revalidate: false },
  );
}

/** All answers of a conversation in order, each version by itself. */
export function versionsOf(conversation: ConversationAnswer | null): AnswerVersion[] {
  return (conversation?.messages ?? []).flatMap((message) =>
    message.role === "assistant" ? message.versions : [],
  );
}
