import { plannedAgents } from "@/lib/domain/agent";
import type { RunSort } from "@/lib/domain/run-list";
import type { PagePlace } from "./page-cursor";
import type { RunFacts, RunQuery, RunSummary } from "./run-store";

/** Rank of runs whose value is unknown: behind all others. */
const UNKNOWN_RANK = -1;

/** Where a run stands in the list under this sort. */
export function placeOf(summary: RunSummary, sort: RunSort): PagePlace {
  return { rank: rankOf(summary, sort) ?? UNKNOWN_RANK, id: summary.request_id };
}

function rankOf(summary: RunSummary, sort: RunSort): number | null {
  switch (sort) {
    case "time":
      return summary.started_at;
    case "duration":
      return summary.total_duration_ms;
    case "tokens":
      return summary.total_tokens;
    case "cost":
      return summary.cost_usd;
  }
}

/** Whether a run passes all filters of the query. `q` looks at the question, the answer and the id, in any case. */
export function matchesRunQuery(query: RunQuery, summary: RunSummary, facts: RunFacts): boolean {
  const { session_id, status, kb_prefix, agent_type, model, min_ms, feedback, q } = query;
  return (
    isAsked(session_id, summary.session_id) &&
    isAsked(status, summary.status) &&
    isAsked(kb_prefix, summary.kb_prefix) &&
    isAsked(model, summary.model) &&
    isAsked(feedback, facts.feedback?.value) &&
    (agent_type === undefined ||
      plannedAgents(agent_type).every((agent) => summary.agents.includes(agent))) &&
    (min_ms === undefined || (summary.total_duration_ms !== null && summary.total_duration_ms >= min_ms)) &&
    (q === undefined || containsText(q, [summary.message, summary.answer, summary.request_id]))
  );
}

function isAsked<T>(asked: T | undefined, value: T | undefined): boolean {
  return asked === undefined || asked === value;
}

/** Case-insensitive search in any of the texts. */
export function containsText(needle: string, texts: readonly string[]): boolean {
  const folded = needle.toLowerCase();
  return texts.some((text) => text.toLowerCase().includes(folded));
}
