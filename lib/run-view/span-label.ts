import type { RunRecord, Span } from "@/lib/domain/run-record";

/** What a span is called in the tree: retrievals share one name and go by their agent's. */
export function spanLabel(span: Pick<Span, "span_id" | "name" | "attributes">, record: RunRecord): string {
  if (span.name !== "rag_retrieval") return span.name;
  const run = record.rag_runs.find(({ span_id }) => span_id === span.span_id);
  const agent = run?.agent_type ?? span.attributes.agent_type;
  return typeof agent === "string" ? agent : span.name;
}

/** The one number that tells most about a span, shown behind its name; empty while it is not known. */
export function spanNote(span: Span, record: RunRecord): string {
  if (span.status === "running") return "";
  if (span.name === "rag_retrieval") return retrievalNote(span, record);
  switch (span.kind) {
    case "route":
      return routeNote(record);
    case "plan":
      return `${record.rag_plan.length} ${record.rag_plan.length === 1 ? "agent" : "agents"}`;
    case "context":
      return String(record.context?.passages.filter(({ state }) => state === "in_prompt").length ?? "");
    case "generation":
      return generationNote(span, record);
    default:
      return countIn(span.output);
  }
}

function retrievalNote(span: Span, record: RunRecord): string {
  const run = record.rag_runs.find(({ span_id }) => span_id === span.span_id);
  return run && run.error === null ? String(run.retrieval_count) : "";
}

function routeNote({ route_decision: decision }: RunRecord): string {
  return decision ? `${decision.kb_prefix} ${decision.confidence.toFixed(2)}` : "";
}

function generationNote(span: Span, record: RunRecord): string {
  const generation = record.generations.find(({ span_id }) => span_id === span.span_id);
  return generation?.usage ? String(generation.usage.completion_tokens) : "";
}

/** Outputs of the inner steps say how many they found, or hold the list. */
function countIn(output: Span["output"]): string {
  if (Array.isArray(output)) return String(output.length);
  if (output === null || typeof output !== "object") return "";
  if (typeof output.count === "number") return String(output.count);
  const list = Object.values(output).find((value) => Array.isArray(value));
  return list ? String(list.length) : "";
}
