import { type ContextFit, formatPassage } from "@/lib/domain/prompt-format";
import type { ContextPassage, DropReason, RunSettings } from "@/lib/domain/run-record";
import type { Tokenizer } from "@/lib/llm/language-model";
import type { FusedPassage } from "./fuse";
import { createDuplicateFilter } from "./near-duplicate";
import type { PipelineLimits } from "./question";

/** So many of the nearest passages are shown where nothing was found. */
const NEAREST = 3;
/** A passage that the walk over names alone put among its first ones may share no word with the question. */
const FIRST_BY_NAMES = 5;

export interface SelectionOptions {
  settings: Pick<RunSettings, "top_k" | "context_tokens">;
  limits: Pick<PipelineLimits, "relevanceFloor" | "goodFit">;
  tokenizer: Tokenizer;
}

export interface PassageSelection {
  /** Every passage with what became of it. */
  rows: ContextPassage[];
  /** Those that enter the prompt; the one with the number n is at n − 1. */
  kept: FusedPassage[];
  fit: ContextFit;
}

/**
 * Decides which passages of the merged ranking enter the prompt, best first. Where none is relevant enough to
 * hold an answer, the nearest few enter and the fit is poor; those without anything of the question never do.
 */
export function selectPassages(
  ranking: readonly FusedPassage[],
  { settings, limits, tokenizer }: SelectionOptions,
): PassageSelection {
  const fit = fitOf(ranking, limits);
  const most = fit === "poor" ? Math.min(NEAREST, settings.top_k) : settings.top_k;
  const isDuplicate = createDuplicateFilter();
  const kept: FusedPassage[] = [];
  let left = settings.context_tokens;
  const dropReason = (fused: FusedPassage, tokens: number): DropReason | null => {
    if (fit === "poor" ? fused.relevance === 0 : isIrrelevant(fused, limits)) return "below_threshold";
    if (kept.length >= most) return fit === "poor" ? "below_threshold" : "top_k";
    if (tokens > left) return "budget";
    return isDuplicate(fused.passage.text) ? "duplicate" : null;
  };
  const rows = ranking.map((fused, index) => {
    const tokens = countTokens(fused, tokenizer);
    const reason = dropReason(fused, tokens);
    if (!reason) {
      kept.push(fused);
      left -= tokens;
    }
    return toRow(fused, index + 1, tokens, reason, kept.length);
  });
  return { rows, kept, fit };
}

/** Tokens that a passage costs in the prompt. */
function countTokens({ passage }: FusedPassage, tokenizer: Tokenizer): number {
  return tokenizer.count(formatPassage({ ...passage, n: 1 }));
}

function fitOf(ranking: readonly FusedPassage[], { goodFit }: SelectionOptions["limits"]): ContextFit {
  const isGood = ranking.some(({ relevance }) => relevance === null || relevance >= goodFit);
  return isGood || ranking.length === 0 ? "good" : "poor";
}

function isIrrelevant(
  { relevance, ranks }: FusedPassage,
  { relevanceFloor }: SelectionOptions["limits"],
): boolean {
  if (relevance === null || relevance >= relevanceFloor) return false;
  const { graph_agent: byNames, naive_rag_agent, hybrid_agent } = ranks;
  const isByNamesAlone = naive_rag_agent === undefined && hybrid_agent === undefined;
  return byNames === undefined || byNames > FIRST_BY_NAMES || !isByNamesAlone;
}

function toRow(
  { passage, fusedScore, relevance, ranks }: FusedPassage,
  position: number,
  tokens: number,
  reason: DropReason | null,
  n: number,
): ContextPassage {
  return {
    passage_id: passage.passage_id,
    n: reason ? null : n,
    position,
    fused_score: fusedScore,
    relevance,
    tokens,
    ranks,
    state: reason ? "dropped" : "in_prompt",
    reason,
    cited: false,
  };
}
