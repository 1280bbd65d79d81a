import { plannedAgents } from "@/lib/domain/agent";
import { GENERAL_KB } from "@/lib/domain/general-kb";
import type { PlanEntry, RouteDecision } from "@/lib/domain/run-record";
import { inSpan } from "@/lib/events/in-span";
import type { RecordedEvent } from "@/lib/events/run-event";
import type { Stage } from "./stage";

/** Stage 2: which agents search, how many passages each, and for how long. Empty for `general` without files. */
export async function* plan(
  stage: Stage,
  decision: RouteDecision,
): AsyncGenerator<RecordedEvent, PlanEntry[]> {
  const { question, ports, settings, time, root, signal } = stage;
  const input = { worker_name: decision.worker_name, query: decision.query };
  return yield* inSpan(
    time,
    { name: "rag_plan", kind: "plan", parent: root, input },
    signal,
    async function* (span) {
      const searches = decision.kb_prefix !== GENERAL_KB || question.attachments !== null;
      const agents = searches ? plannedAgents(question.agent_type) : [];
      const entries = agents.map((agent_type) => ({
        agent_type,
        top_k: settings.top_k,
        timeout_ms: ports.limits.agentTimeoutMs,
      }));
      yield { type: "plan" as const, span_id: span.spanId, rag_plan: entries };
      yield span.log({
        level: "info",
        message: `${entries.length} agents in parallel · top_k ${settings.top_k}`,
      });
      return { value: entries, output: { rag_plan: entries } };
    },
  );
}
