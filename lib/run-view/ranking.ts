import type { RetrieverAgent } from "@/lib/domain/agent-names";
import type { ContextPassage, DropReason, RagRun, RunRecord } from "@/lib/domain/run-record";

type Result = RagRun["results"][number];

/** A passage of the merged ranking with what its retrievers knew of it; null when their results were cut. */
export interface RankedPassage {
  passage: ContextPassage;
  source: Result | null;
}

/** Passages with one fate: `reason` null for those in the prompt. */
export interface RankingGroup {
  reason: DropReason | null;
  passages: RankedPassage[];
}

const REASONS: readonly (DropReason | null)[] = [
  null,
  "budget",
  "top_k",
  "below_threshold",
  "duplicate",
  "disabled",
];

/**
 * The merged ranking as groups, those in the prompt first, then one group for each reason of being dropped;
 * inside a group by place. Each passage comes out exactly once.
 */
export function groupRanking(record: Pick<RunRecord, "context" | "rag_runs">): RankingGroup[] {
  const sources = new Map<string, Result>();
  for (const run of record.rag_runs) {
    for (const result of run.results) {
      if (!sources.has(result.passage_id)) sources.set(result.passage_id, result);
    }
  }
  const ranked = (record.context?.passages ?? [])
    .toSorted((a, b) => a.position - b.position)
    .map((passage) => ({ passage, source: sources.get(passage.passage_id) ?? null }));
  return REASONS.map((reason) => ({
    reason,
    passages: ranked.filter(({ passage }) => fateOf(passage) === reason),
  })).filter(({ passages }) => passages.length > 0);
}

/** A dropped passage without a stated reason counts as cut by the budget, the last step that drops. */
function fateOf(passage: ContextPassage): DropReason | null {
  return passage.state === "in_prompt" ? null : (passage.reason ?? "budget");
}

/** The agents that have a column: those planned, else those that ran. */
export function rankingAgents(record: Pick<RunRecord, "rag_plan" | "rag_runs">): RetrieverAgent[] {
  const entries = record.rag_plan.length > 0 ? record.rag_plan : record.rag_runs;
  return [...new Set(entries.map(({ agent_type }) => agent_type))];
}

/** How full a rank's bar is: 1 for the first place, 1/depth for the last of `depth` places. */
export function rankShare(rank: number, depth: number): number {
  return Math.min(1, Math.max(0, (depth + 1 - rank) / Math.max(depth, 1)));
}

/** All passages that the agents brought, duplicates included: the number on the Retrieval tab. */
export function retrievedCount(record: Pick<RunRecord, "context" | "rag_runs">): number {
  return record.context?.retrieved ?? record.rag_runs.reduce((sum, run) => sum + run.retrieval_count, 0);
}
