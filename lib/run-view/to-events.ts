import type { Generation, RunRecord, Span } from "@/lib/domain/run-record";
import type { RecordedEvent } from "@/lib/events/run-event";

/**
 * Events that fold into the record again: the inverse of reduceRun, for records that come as a file. What
 * still ran stays running.
 */
export function toEvents(record: RunRecord): RecordedEvent[] {
  const { route_decision, rag_plan, rag_runs, context, generations, citations, spans } = record;
  const planSpan = spans.find(({ kind }) => kind === "plan");
  return [
    toRunStart(record),
    ...spans.map(toSpanStart),
    ...(route_decision ? [{ type: "route-decision" as const, route_decision }] : []),
    ...(planSpan ? [{ type: "plan" as const, span_id: planSpan.span_id, rag_plan }] : []),
    ...rag_runs.map((rag_run) => ({ type: "retrieval-result" as const, rag_run })),
    ...(context ? [{ type: "context" as const, context }] : []),
    ...generations.flatMap((generation) => toGenerationEvents(generation, record)),
    ...(citations.length > 0 ? [{ type: "citations" as const, citations }] : []),
    ...record.execution_log.map((entry) => ({ type: "log" as const, entry })),
    ...spans.flatMap(toSpanEnd),
    ...toRunEnd(record),
  ];
}

function toRunStart(record: RunRecord): RecordedEvent {
  const { session_id, started_at, agent_type, message, settings, regenerate_of, replay_of } = record;
  const kb_prefix = record.route_decision?.requested_kb_prefix ?? record.kb_prefix;
  const run = { session_id, started_at, kb_prefix, agent_type, message, settings, regenerate_of, replay_of };
  return { type: "run-start", ...run };
}

function toSpanStart({
  span_id,
  parent_span_id,
  name,
  kind,
  offset_ms,
  input,
  attributes,
}: Span): RecordedEvent {
  return { type: "span-start", span_id, parent_span_id, name, kind, offset_ms, input, attributes };
}

function toSpanEnd({ span_id, status, status_message, duration_ms, output }: Span): RecordedEvent[] {
  if (status === "running") return [];
  const end = { span_id, status, status_message, duration_ms: duration_ms ?? 0, output, attributes: {} };
  return [{ type: "span-end", ...end }];
}

function toGenerationEvents(generation: Generation, record: RunRecord): RecordedEvent[] {
  const { span_id, name, purpose, model, parameters, messages, ttft_ms, finish_reason } = generation;
  const prompt: RecordedEvent = { type: "prompt", span_id, name, purpose, model, parameters, messages };
  const offset_ms = record.performance_metrics.ttft_ms ?? ttft_ms;
  const firstToken: RecordedEvent[] =
    ttft_ms === null || offset_ms === null
      ? []
      : [{ type: "generation-first-token", span_id, ttft_ms, offset_ms }];
  if (finish_reason === null) return [prompt, ...firstToken];
  const { response, usage, usage_source, cost_usd, duration_ms } = generation;
  const end = { span_id, model, response, usage, usage_source, cost_usd, ttft_ms, finish_reason };
  return [prompt, ...firstToken, { type: "generation-end", ...end, duration_ms: duration_ms ?? 0 }];
}

const finishReasons = { success: "stop", error: "error", aborted: "aborted" } as const;

function toRunEnd({ status, answer, performance_metrics }: RunRecord): RecordedEvent[] {
  if (status === "running") return [];
  const duration_ms = performance_metrics.total_duration_ms ?? 0;
  return [
    { type: "run-end", status, finish_reason: finishReasons[status], duration_ms, answer, error: null },
  ];
}
