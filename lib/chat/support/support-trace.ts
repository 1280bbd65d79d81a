import type { Generation, RunRecord, Span } from "@/lib/domain/run-record";
import { emptyRecord } from "@/lib/run-view/reduce-run";
import type { ChatPorts } from "../question";

/**
 * The model's judgement as a trace of its own in the same session: it is no part of the answer's time, and a span
 * that begins after its parent's end would be a second root there.
 */
export function toSupportTrace(
  record: RunRecord,
  generation: Generation,
  { ids, clock }: Pick<ChatPorts, "ids" | "clock">,
): RunRecord {
  const { request_id, session_id, kb_prefix, agent_type, message } = record;
  const duration_ms = generation.duration_ms ?? 0;
  const failed = generation.finish_reason === "error";
  const root: Span = {
    span_id: ids.spanId(),
    parent_span_id: null,
    name: "citation_support",
    kind: "request",
    status: failed ? "error" : "ok",
    offset_ms: 0,
    duration_ms,
    status_message: failed ? "The model did not judge the citations." : null,
    input: message,
    output: generation.response,
    attributes: { request_id },
  };
  const { span_id, name, purpose } = generation;
  const call: Span = {
    ...root,
    span_id,
    parent_span_id: root.span_id,
    name,
    kind: "generation",
    attributes: { purpose },
  };
  const empty = emptyRecord(ids.uuid());
  return {
    ...empty,
    session_id,
    kb_prefix,
    agent_type,
    message,
    status: failed ? "error" : "success",
    started_at: clock.now() - duration_ms,
    answer: generation.response,
    settings: { ...empty.settings, model: generation.model },
    generations: [generation],
    spans: [root, call],
    performance_metrics: {
      ...empty.performance_metrics,
      total_duration_ms: duration_ms,
      node_count: 2,
      usage: generation.usage,
      cost_usd: generation.cost_usd,
    },
  };
}
