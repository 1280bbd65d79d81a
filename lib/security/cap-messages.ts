import type { PromptMessage } from "@/lib/domain/run-record";
import { capText } from "./cap-json";

/** A message with the text of each of its parts replaced, its offsets true to the new text. */
export function mapParts(message: PromptMessage, map: (text: string) => string): PromptMessage {
  if (message.parts.length === 0) return { ...message, content: map(message.content) };
  let content = "";
  const parts = message.parts.map((part) => {
    const start = content.length;
    content += map(message.content.slice(part.start, part.end));
    return { ...part, start, end: content.length };
  });
  return { ...message, content, parts };
}

/** The characters of a prompt. */
export function sizeOfMessages(messages: readonly PromptMessage[]): number {
  return messages.reduce((sum, { content }) => sum + content.length, 0);
}

/**
 * The beginning of a prompt in `most` characters. Every message and every part stays, with its origin and its
 * tokens, though the texts at the end may be empty: what was sent can still be counted.
 */
export function capMessages(messages: readonly PromptMessage[], most: number): PromptMessage[] {
  let left = most;
  return messages.map((message) =>
    mapParts(message, (text) => {
      const taken = left > 0 ? capText(text, left) : "";
      left -= taken.length;
      return taken;
    }),
  );
}
