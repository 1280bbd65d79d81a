import type { PromptMessage } from "@/lib/domain/run-record";
import type { Usage } from "@/lib/domain/usage";

/** A call that the provider answered with nothing: what it counted, if anything, nobody knows. */
export const unknownUsage = { usage: null, usage_source: null, cost_usd: null } as const;

/** Usage where the provider reported none: the tokens of what was sent and of what came. */
export function estimateUsage(
  messages: readonly PromptMessage[],
  text: string,
  count: (text: string) => number,
): Usage {
  const prompt_tokens = messages.reduce((sum, message) => sum + message.tokens, 0);
  const completion_tokens = count(text);
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}
