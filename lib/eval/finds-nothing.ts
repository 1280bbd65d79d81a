import type { FusedPassage } from "@/lib/chat/fuse";
import { defaultLimits } from "@/lib/chat/question";
import { selectPassages } from "@/lib/chat/select-passages";
import { formatPrompt } from "@/lib/domain/prompt-format";
import { composeAnswer } from "@/lib/llm/offline-answer";
import { createTokenizer } from "@/lib/llm/tokenizer";

const CITATION = /\[\d+\]/;

/**
 * Whether a chat with the offline model answers a question with "nothing found": an answer without a citation.
 * `ranking` is what all agents found together for the `top_k` of a chat.
 */
export function findsNothing(question: string, ranking: readonly FusedPassage[]): boolean {
  const settings = { top_k: defaultLimits.topK, context_tokens: defaultLimits.contextTokens };
  const tokenizer = createTokenizer("offline");
  const { kept, fit } = selectPassages(ranking, { settings, limits: defaultLimits, tokenizer });
  const passages = kept.map(({ passage }, index) => ({ ...passage, n: index + 1 }));
  const { content } = formatPrompt({ passages, question, fit });
  return !CITATION.test(composeAnswer([{ role: "user", content }]));
}
