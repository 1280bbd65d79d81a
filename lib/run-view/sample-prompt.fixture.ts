import { formatPrompt } from "@/lib/domain/prompt-format";
import type { PromptMessage } from "@/lib/domain/run-record";
import { samplePassages } from "./passages.fixture";

export const sampleQuestion =
  "How do I rotate an API key without downtime, and how long does the old key keep working?";

/** A message of one origin. */
export function whole(
  role: PromptMessage["role"],
  content: string,
  origin: "system" | "memory" | "question",
  tokens: number,
) {
  return {
    role,
    content,
    tokens,
    parts: [{ origin, passage_id: null, start: 0, end: content.length, tokens }],
  };
}

/** A system message, one earlier turn, and the question behind eight passages. */
export function sampleMessages(): PromptMessage[] {
  const passages = samplePassages
    .slice(0, 8)
    .map((passage, index) => ({ ...passage, n: index + 1, passage_id: passage.id }));
  const { content, parts } = formatPrompt({ passages, question: sampleQuestion });
  const counted = parts.map(({ text, ...part }) => ({ ...part, tokens: Math.ceil(text.length / 4) }));
  const tokens = counted.reduce((sum, part) => sum + part.tokens, 0);
  return [
    whole(
      "system",
      "You answer questions about Harbor for its customers.\nUse only the passages below. Cite each claim with [n], where n is the passage number. If the passages do not contain the answer, say so and name the closest document. Reply in the user’s language.",
      "system",
      186,
    ),
    whole("user", "Where do I see my API keys?", "memory", 24),
    whole(
      "assistant",
      "Open Settings › API keys. Each row shows the key prefix, its state and when it was last used.",
      "memory",
      61,
    ),
    { role: "user", content, tokens, parts: counted },
  ];
}
