import type { RunRecord } from "@/lib/domain/run-record";
import type { RunSummary } from "./run-store";

/** The run's line in the requests list. */
export function toRunSummary(record: RunRecord): RunSummary {
  const { request_id, session_id, started_at, status, message, answer, kb_prefix } = record;
  const { total_duration_ms, usage, cost_usd } = record.performance_metrics;
  return {
    request_id,
    session_id,
    started_at,
    status,
    message,
    answer,
    kb_prefix,
    agents: record.rag_plan.map(({ agent_type }) => agent_type),
    model: record.settings.model,
    total_duration_ms,
    total_tokens: usage?.total_tokens ?? null,
    cost_usd,
  };
}
