import { type ContextFit, formatPrompt } from "@/lib/domain/prompt-format";
import type { PromptMessage } from "@/lib/domain/run-record";
import { CONTINUE_PROMPT } from "@/lib/domain/system-prompt";
import type { Tokenizer } from "@/lib/llm/language-model";
import type { ContextResult } from "./build-context";
import type { FusedPassage } from "./fuse";
import { rememberTurns } from "./memory";
import type { HistoryTurn } from "./question";
import type { Stage } from "./stage";

/**
 * Stage 6: the messages exactly as they are sent, each cut into parts by origin. `written` is what an answer that
 * goes on begins with, or empty.
 */
export function buildPrompt(
  stage: Stage,
  { kept, fit }: Pick<ContextResult, "kept" | "fit">,
  { system, written }: { system: string; written: string },
): PromptMessage[] {
  const { question, ports } = stage;
  const { tokenizer, limits } = ports;
  const turns = rememberTurns(question.history, limits.historyTokens, tokenizer);
  return [
    wholeMessage("system", system, "system", tokenizer),
    ...turns.map((turn) => memoryMessage(turn, tokenizer)),
    questionMessage(question.message, kept, fit, tokenizer),
    ...(written === "" ? [] : continuation(written, tokenizer)),
  ];
}

/** A model that cannot be made to go on with a message of its own is asked to. */
function continuation(written: string, tokenizer: Tokenizer): PromptMessage[] {
  return [
    wholeMessage("assistant", written, "memory", tokenizer),
    wholeMessage("user", CONTINUE_PROMPT, "system", tokenizer),
  ];
}

function memoryMessage(turn: HistoryTurn, tokenizer: Tokenizer): PromptMessage {
  return wholeMessage(turn.role, turn.content, "memory", tokenizer);
}

function wholeMessage(
  role: PromptMessage["role"],
  content: string,
  origin: PromptMessage["parts"][number]["origin"],
  tokenizer: Tokenizer,
): PromptMessage {
  const tokens = tokenizer.count(content);
  return {
    role,
    content,
    tokens,
    parts: [{ origin, passage_id: null, start: 0, end: content.length, tokens }],
  };
}

function questionMessage(
  message: string,
  kept: readonly FusedPassage[],
  fit: ContextFit,
  tokenizer: Tokenizer,
): PromptMessage {
  const passages = kept.map(({ passage }, index) => ({ ...passage, n: index + 1 }));
  const { content, parts } = formatPrompt({ passages, question: message, fit });
  const counted = parts.map(({ text, ...part }) => ({ ...part, tokens: tokenizer.count(text) }));
  const tokens = counted.reduce((sum, part) => sum + part.tokens, 0);
  return { role: "user", content, tokens, parts: counted };
}
