import type { ConversationMessage } from "@/lib/events/conversation-answer";
import type { Conversation } from "@/lib/store/conversation-store";
import { activePath, questionOf } from "./active-path";

/**
 * A conversation as its owner sees it: the turns that are on screen, each with all versions of its answer. Every
 * version says what it answers, and the user's message is the question of the version that is shown.
 */
export function toSessionView({ owner: _owner, share, ...conversation }: Conversation) {
  const messages = activePath(conversation.messages).flatMap((turn): ConversationMessage[] => {
    const { user, answer } = turn;
    const versions = answer.versions.map((version, index) => ({
      ...version,
      question: questionOf(turn, index),
    }));
    return [
      { ...user, content: questionOf(turn, answer.active) },
      { ...answer, versions },
    ];
  });
  return { ...conversation, messages, shared: share !== null };
}

/** The same as a Markdown document: every turn with the shown version of its answer and its sources. */
export function toMarkdown({ title, messages }: Conversation): string {
  const turns = activePath(messages).map((turn) => {
    const { answer } = turn;
    const version = answer.versions[answer.active];
    const sources = (version?.sources ?? []).map(
      ({ n, title: document, heading }) => `${n}. ${[document, heading].filter(Boolean).join(" › ")}`,
    );
    const question = `## ${questionOf(turn, answer.active).replaceAll("\n", "\n> ")}`;
    return [question, version?.content ?? "", sources.join("\n")].filter(Boolean).join("\n\n");
  });
  return `# ${title}\n\n${turns.join("\n\n")}\n`;
}
