import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { RecordedEvent } from "@/lib/events/run-event";
import type { RunMeter } from "./run-meter";

/** Upper bounds in seconds: from a search in memory to the longest answer that is waited for. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** Counts runs in the registry. Labels are names that an operator chose (models, agents), never a user's text. */
export function createPrometheusMeter(registry: Registry): RunMeter {
  const metrics = createRunMetrics(registry);
  return {
    follow() {
      metrics.running.inc();
      const answering = new Set<string>();
      return (event) => count(event, metrics, answering);
    },
  };
}

type RunMetrics = ReturnType<typeof createRunMetrics>;

function createRunMetrics(registry: Registry) {
  const registers = [registry];
  const seconds = (name: string, help: string, labelNames: string[]) =>
    new Histogram({ name: `sidetrace_${name}_seconds`, help, labelNames, buckets: SECONDS, registers });
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name: `sidetrace_${name}_total`, help, labelNames, registers });
  return {
    running: new Gauge({
      name: "sidetrace_running_requests",
      help: "Answers that are being made.",
      registers,
    }),
    requests: counter("requests", "Answered requests by how they ended.", ["status", "error"]),
    duration: seconds("request_duration", "From a request's start to its end.", ["status"]),
    ttft: seconds("time_to_first_token", "From a request's start to the first token of its answer.", []),
    retrieval: seconds("retrieval_duration", "One retriever's work for one request.", ["agent_type"]),
    retrievalErrors: counter("retrieval_errors", "Retrievers that failed.", ["agent_type"]),
    generation: seconds("generation_duration", "One call of a model.", ["model", "purpose"]),
    tokens: counter("tokens", "Tokens that models read and wrote, where they are known.", ["model", "kind"]),
    cost: counter("cost_usd", "What model calls cost, where the price is known.", ["model"]),
  };
}

/** `answering` holds the spans of the run's model calls that write the answer. */
function count(event: RecordedEvent, metrics: RunMetrics, answering: Set<string>): void {
  switch (event.type) {
    case "prompt":
      if (event.purpose === "answer") answering.add(event.span_id);
      return;
    case "generation-first-token":
      if (answering.has(event.span_id)) metrics.ttft.observe(event.offset_ms / 1000);
      return;
    case "retrieval-result":
      countRetrieval(event.rag_run, metrics);
      return;
    case "generation-end":
      countGeneration(event, metrics, answering.has(event.span_id));
      return;
    case "run-end":
      metrics.running.dec();
      metrics.requests.inc({ status: event.status, error: event.error?.code ?? "" });
      metrics.duration.observe({ status: event.status }, event.duration_ms / 1000);
      return;
    default:
      return;
  }
}

type EventOf<T extends RecordedEvent["type"]> = Extract<RecordedEvent, { type: T }>;

function countRetrieval(
  { agent_type, duration_ms, error }: EventOf<"retrieval-result">["rag_run"],
  metrics: RunMetrics,
): void {
  metrics.retrieval.observe({ agent_type }, duration_ms / 1000);
  if (error !== null) metrics.retrievalErrors.inc({ agent_type });
}

function countGeneration(
  { model, usage, cost_usd, duration_ms }: EventOf<"generation-end">,
  metrics: RunMetrics,
  isAnswer: boolean,
): void {
  metrics.generation.observe({ model, purpose: isAnswer ? "answer" : "other" }, duration_ms / 1000);
  if (usage) {
    metrics.tokens.inc({ model, kind: "prompt" }, usage.prompt_tokens);
    metrics.tokens.inc({ model, kind: "completion" }, usage.completion_tokens);
  }
  if (cost_usd !== null) metrics.cost.inc({ model }, cost_usd);
}
