import type { Generation, RunRecord, Span } from "@/lib/domain/run-record";
import { emptyRecord } from "@/lib/run-view/reduce-run";
import type { ChatPorts } from "./question";

/** A call of the model that comes after a run's end. */
export interface LateCall {
  /** Of its trace. */
  name: string;
  /** What is said of it when it failed. */
  failure: string;
  generation: Generation;
}

/** The run that it belongs to. */
type CallingRun = Pick<RunRecord, "request_id" | "session_id" | "kb_prefix" | "agent_type" | "message">;

/**
 * A call of the model after a run's end as a trace of its own in the same session: it is no part of the answer's
 * time, and a span that begins after its parent's end would be a second root there.
 */
export function toCallTrace(
  { request_id, session_id, kb_prefix, agent_type, message }: CallingRun,
  { name: traceName, failure, generation }: LateCall,
  { ids, clock }: Pick<ChatPorts, "ids" | "clock">,
): RunRecord {
  const duration_ms = generation.duration_ms ?? 0;
  const failed = generation.finish_reason === "error";
  const root: Span = {
    span_id: ids.spanId(),
    parent_span_id: null,
    name: traceName,
    kind: "request",
    status: failed ? "error" : "ok",
    offset_ms: 0,
    duration_ms,
    status_message: failed ? failure : null,
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
