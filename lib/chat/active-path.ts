import type { ConversationMessage } from "@/lib/events/conversation-answer";

type Answer = Extract<ConversationMessage, { role: "assistant" }>;

/** A question with its answer, as they are kept. */
interface Turn {
  user: Extract<ConversationMessage, { role: "user" }>;
  answer: Answer;
}

/** What a version answers: an edited question, or the message as it was first sent. */
export function questionOf({ user, answer }: Turn, index: number): string {
  return answer.versions[index]?.question ?? user.content;
}

/**
 * The turns that are on screen, oldest first. A turn belongs to the question that it followed: it is shown as long
 * as that question is, whichever version of its answer is shown; another question begins a branch of its own.
 */
export function activePath(messages: readonly ConversationMessage[]): Turn[] {
  const known = new Set<string>();
  const open = new Set<string>();
  return toTurns(messages).filter((turn) => {
    const { after } = turn.user;
    const shown = after === null || !known.has(after) || open.has(after);
    const question = questionOf(turn, turn.answer.active);
    for (const [index, { request_id }] of turn.answer.versions.entries()) {
      known.add(request_id);
      if (shown && questionOf(turn, index) === question) open.add(request_id);
    }
    return shown;
  });
}

/** The turns that led to one, oldest first, each with the version that it followed as the active one. */
export function turnsBefore(messages: readonly ConversationMessage[], { user }: Turn): Turn[] {
  const turns = toTurns(messages);
  const at = turns.findIndex((turn) => turn.user.message_id === user.message_id);
  // What was kept before turns said what they followed has one branch only.
  if (user.after === null) return activePath(messages.slice(0, 2 * at));
  const path: Turn[] = [];
  for (let after: string | null = user.after; after !== null; after = path[0]?.user.after ?? null) {
    const before = turns.find(({ answer }) => answer.versions.some(({ request_id }) => request_id === after));
    if (!before || path.includes(before)) break;
    path.unshift(followed(before, after));
  }
  return path;
}

/** With the version that is shown where that answers the same question, else with the one that was followed. */
function followed(turn: Turn, requestId: string): Turn {
  const { answer } = turn;
  const index = answer.versions.findIndex(({ request_id }) => request_id === requestId);
  const isShown = questionOf(turn, answer.active) === questionOf(turn, index);
  return isShown ? turn : { ...turn, answer: { ...answer, active: index } };
}

/** The turn of an answer; null when it is not there. */
export function findTurnOf(messages: readonly ConversationMessage[], messageId: string): Turn | null {
  return toTurns(messages).find(({ answer }) => answer.message_id === messageId) ?? null;
}

function toTurns(messages: readonly ConversationMessage[]): Turn[] {
  return messages.flatMap((answer, index) => {
    const user = messages[index - 1];
    return answer.role === "assistant" && user?.role === "user" ? [{ user, answer }] : [];
  });
}
