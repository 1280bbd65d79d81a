import type { ContextFit } from "@/lib/domain/prompt-format";
import type { RunContext } from "@/lib/domain/run-record";
import { inSpan } from "@/lib/events/in-span";
import type { RecordedEvent } from "@/lib/events/run-event";
import { type FusedPassage, fuseRankings, fusionWeights, type Ranking, RRF_K } from "./fuse";
import { hiddenIn, toReadable } from "./readable-passages";
import type { AgentResult } from "./retrieve";
import { selectPassages } from "./select-passages";
import type { Stage } from "./stage";

export interface ContextResult {
  /** Null where nothing was searched. */
  context: RunContext | null;
  /** The passages in the prompt; the one with the number n is at n − 1. */
  kept: FusedPassage[];
  fit: ContextFit;
}

/**
 * Stage 5: merges what the agents found and decides what enters the prompt, without characters that nobody can
 * see. Every passage left out carries its reason; a passage too long for what is left of the budget makes room
 * for shorter ones after it.
 */
export async function* buildContext(
  stage: Stage,
  results: readonly AgentResult[],
): AsyncGenerator<RecordedEvent, ContextResult> {
  const { time, root, signal, settings, ports } = stage;
  const retrieved = results.reduce((sum, { run }) => sum + run.retrieval_count, 0);
  const input = { budget_tokens: settings.context_tokens, retrieved };
  return yield* inSpan(
    time,
    { name: "build_context", kind: "context", parent: root, input },
    signal,
    async function* (span) {
      const rankings = toRankings(results);
      const ranking = fuseRankings(rankings);
      const { rows, kept, fit } = selectPassages(toReadable(ranking), { settings, ...ports });
      const context: RunContext = {
        span_id: span.spanId,
        budget_tokens: settings.context_tokens,
        used_tokens: rows.reduce((sum, { n, tokens }) => sum + (n === null ? 0 : tokens), 0),
        retrieved,
        unique: rows.length,
        fusion: { method: "rrf", k: RRF_K, weights: fusionWeights(rankings) },
        passages: rows,
      };
      yield { type: "context" as const, context };
      const poor = fit === "poor" ? " · none fits the question well: the nearest are shown" : "";
      yield span.log({
        level: fit === "poor" ? "warn" : "info",
        message: `${retrieved} retrieved · ${context.unique} unique · ${kept.length} in prompt${poor}`,
      });
      const hidden = hiddenIn(ranking, kept).map(({ code, count }) => `${code} × ${count}`);
      if (hidden.length === 0) return { value: { context, kept, fit }, output: context };
      const hidden_characters = hidden.join(", ");
      yield span.log({ level: "warn", message: `left out of the prompt, hidden: ${hidden_characters}` });
      return { value: { context, kept, fit }, output: context, attributes: { hidden_characters } };
    },
  );
}

function toRankings(results: readonly AgentResult[]): Ranking[] {
  return results.map(({ run, passages }) => ({ agentType: run.agent_type, methods: run.methods, passages }));
}
