import type { SessionItem } from "@/lib/domain/api";
import type { ConversationMessage } from "@/lib/events/conversation-answer";
import type { ConversationStore, SessionPage } from "@/lib/store/conversation-store";

/** Characters before and after a hit. */
const BEFORE = 40;
const AFTER = 100;

/** The conversations of a search, each with the text around its first hit; null where only the title has one. */
export async function withExcerpts(
  { items, next }: SessionPage,
  q: string,
  { conversation }: Pick<ConversationStore, "conversation">,
): Promise<{ items: SessionItem[]; next: string | null }> {
  const found = items.map(async (item) => {
    const messages = (await conversation(item.session_id))?.messages ?? [];
    return { ...item, excerpt: findExcerpt(messages, q) };
  });
  return { items: await Promise.all(found), next };
}

/** One line of the first text that has `q`, in any case. */
export function findExcerpt(messages: readonly ConversationMessage[], q: string): string | null {
  const wanted = q.toLowerCase();
  for (const text of messages.flatMap(textsOf)) {
    const line = text.replace(/\s+/g, " ");
    const at = line.toLowerCase().indexOf(wanted.replace(/\s+/g, " "));
    if (at === -1) continue;
    const [start, end] = [Math.max(0, at - BEFORE), Math.min(line.length, at + q.length + AFTER)];
    return `${start > 0 ? "…" : ""}${line.slice(start, end).trim()}${end < line.length ? "…" : ""}`;
  }
  return null;
}

function textsOf(message: ConversationMessage): string[] {
  if (message.role === "user") return [message.content];
  return message.versions.flatMap(({ question, content }) => [
    ...(question === null ? [] : [question]),
    content,
  ]);
}
