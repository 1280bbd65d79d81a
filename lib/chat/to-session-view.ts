import type { Conversation } from "@/lib/store/conversation-store";

/** A conversation as its owner sees it. */
export function toSessionView({ owner: _owner, ...conversation }: Conversation): Omit<Conversation, "owner"> {
  return conversation;
}

/** The same as a Markdown document: every turn with the active version of its answer and its sources. */
export function toMarkdown({ title, messages }: Conversation): string {
  const turns = messages.map((message) => {
    if (message.role === "user") return `## ${message.content.replaceAll("\n", "\n> ")}`;
    const version = message.versions[message.active];
    const sources = (version?.sources ?? []).map(
      ({ n, title: document, heading }) => `${n}. ${[document, heading].filter(Boolean).join(" › ")}`,
    );
    return [version?.content ?? "", sources.join("\n")].filter(Boolean).join("\n\n");
  });
  return `# ${title}\n\n${turns.join("\n\n")}\n`;
}
