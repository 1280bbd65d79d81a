import type { Tokenizer } from "@/lib/llm/language-model";
import type { HistoryTurn } from "./question";

/**
 * The latest turns that fit a token budget, oldest first. A turn that does not fit ends the walk, so that
 * no answer is left without its question.
 */
export function rememberTurns(
  history: readonly HistoryTurn[],
  budgetTokens: number,
  tokenizer: Tokenizer,
): HistoryTurn[] {
  const kept: HistoryTurn[] = [];
  let left = budgetTokens;
  for (const turn of history.toReversed()) {
    left -= tokenizer.count(turn.content);
    if (left < 0) break;
    kept.unshift(turn);
  }
  return kept[0]?.role === "assistant" ? kept.slice(1) : kept;
}

/** What the user said before, oldest first; retrieval weights it in. */
export function userTurns(history: readonly HistoryTurn[]): string[] {
  return history.filter((turn) => turn.role === "user").map((turn) => turn.content);
}
