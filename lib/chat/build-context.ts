import { formatPassage } from "@/lib/domain/prompt-format";
import type { ContextPassage, DropReason, RunContext } from "@/lib/domain/run-record";
import { inSpan } from "@/lib/events/in-span";
import type { RecordedEvent } from "@/lib/events/run-event";
import type { Tokenizer } from "@/lib/llm/language-model";
import { type FusedPassage, fuseRankings, fusionWeights, type Ranking, RRF_K } from "./fuse";
import { createDuplicateFilter } from "./near-duplicate";
import type { AgentResult } from "./retrieve";
import type { Stage } from "./stage";

export interface ContextResult {
  /** Null where nothing was searched. */
  context: RunContext | null;
  /** The passages in the prompt; the one with the number n is at n − 1. */
  kept: FusedPassage[];
}

/**
 * Stage 5: merges what the agents found and decides what enters the prompt. Every passage left out carries
 * its reason; a passage too long for what is left of the budget makes room for shorter ones after it.
 */
export async function* buildContext(
  stage: Stage,
  results: readonly AgentResult[],
): AsyncGenerator<RecordedEvent, ContextResult> {
  const { time, root, signal } = stage;
  const retrieved = results.reduce((sum, { run }) => sum + run.retrieval_count, 0);
  const input = { budget_tokens: stage.settings.context_tokens, retrieved };
  return yield* inSpan(
    time,
    { name: "build_context", kind: "context", parent: root, input },
    signal,
    async function* (span) {
      const rankings = toRankings(results);
      const selected = selectPassages(fuseRankings(rankings), stage);
      const context: RunContext = {
        span_id: span.spanId,
        budget_tokens: stage.settings.context_tokens,
        used_tokens: selected.kept.reduce(
          (sum, passage) => sum + countTokens(passage, stage.ports.tokenizer),
          0,
        ),
        retrieved,
        unique: selected.rows.length,
        fusion: { method: "rrf", k: RRF_K, weights: fusionWeights(rankings) },
        passages: selected.rows,
      };
      yield { type: "context" as const, context };
      yield span.log({
        level: "info",
        message: `${retrieved} retrieved · ${context.unique} unique · ${selected.kept.length} in prompt`,
      });
      return { value: { context, kept: selected.kept }, output: context };
    },
  );
}

function toRankings(results: readonly AgentResult[]): Ranking[] {
  return results.map(({ run, passages }) => ({ agentType: run.agent_type, methods: run.methods, passages }));
}

function selectPassages(ranking: readonly FusedPassage[], { ports, settings }: Stage) {
  const isDuplicate = createDuplicateFilter();
  const kept: FusedPassage[] = [];
  let left = settings.context_tokens;
  const rows = ranking.map((fused, index): ContextPassage => {
    const tokens = countTokens(fused, ports.tokenizer);
    const reason = dropReason(fused, tokens);
    if (!reason) {
      kept.push(fused);
      left -= tokens;
    }
    return toRow(fused, index + 1, tokens, reason, kept.length);
  });
  return { rows, kept };

  function dropReason({ passage, relevance }: FusedPassage, tokens: number): DropReason | null {
    if (relevance !== null && relevance < ports.limits.relevanceFloor) return "below_threshold";
    if (kept.length >= settings.top_k) return "top_k";
    if (tokens > left) return "budget";
    return isDuplicate(passage.text) ? "duplicate" : null;
  }
}

function countTokens({ passage }: FusedPassage, tokenizer: Tokenizer): number {
  return tokenizer.count(formatPassage({ ...passage, n: 1 }));
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
