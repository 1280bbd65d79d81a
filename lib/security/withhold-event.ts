import type { z } from "zod";
import type { PromptMessage, RagRun, RouteDecision } from "@/lib/domain/run-record";
import { withholdText } from "@/lib/domain/withheld";
import type { RecordedEvent } from "@/lib/events/run-event";
import { mapParts } from "./cap-messages";
import type { MaskedEvent } from "./mask-event";
import { keepsContent } from "./redaction";

type Json = z.infer<ReturnType<typeof z.json>>;
type EventOf<T extends RecordedEvent["type"]> = Extract<RecordedEvent, { type: T }>;

/** Attributes and parameters whose values are names of ours or of models. */
const NAMES = new Set(["agent_type", "purpose", "model", "prompt_name", "request_id", "type"]);

/** A masked event as it may be kept, with what was put aside of it unless contents are not kept at all. */
export function toKeptEvent(masked: MaskedEvent): MaskedEvent {
  return keepsContent() ? masked : { event: withholdEvent(masked.event), payloads: [] };
}

/**
 * An event without anything that somebody wrote: each text is replaced by its size. Ids, names of models, agents
 * and knowledge bases, numbers and times stay. Citations keep their places in the answer that is not kept.
 */
export function withholdEvent(event: RecordedEvent): RecordedEvent {
  switch (event.type) {
    case "run-start":
      return { ...event, message: withholdText(event.message) };
    case "span-start":
      return { ...event, input: withholdJson(event.input), attributes: withholdFields(event.attributes) };
    case "span-end":
      return withholdSpanEnd(event);
    case "route-decision":
      return { ...event, route_decision: withholdRoute(event.route_decision) };
    case "retrieval-result":
      return { ...event, rag_run: withholdRun(event.rag_run) };
    case "prompt":
      return {
        ...event,
        parameters: withholdFields(event.parameters),
        messages: withholdMessages(event.messages),
      };
    case "generation-end":
      return { ...event, response: withholdText(event.response) };
    case "citations":
      return {
        ...event,
        citations: event.citations.map((citation) => ({
          ...citation,
          sentence: withholdText(citation.sentence),
        })),
      };
    case "log":
      return withholdLog(event);
    case "run-end":
      return { ...event, answer: withholdText(event.answer) };
    case "plan":
    case "context":
    case "generation-first-token":
      return event;
  }
}

/** A prompt with its parts and their tokens, and without their texts. */
export function withholdMessages(messages: readonly PromptMessage[]): PromptMessage[] {
  return messages.map((message) => mapParts(message, withholdText));
}

function withholdSpanEnd(event: EventOf<"span-end">): RecordedEvent {
  const { status_message, output, attributes } = event;
  return {
    ...event,
    status_message: status_message && withholdText(status_message),
    output: withholdJson(output),
    attributes: withholdFields(attributes),
  };
}

function withholdRoute(route: RouteDecision): RouteDecision {
  return {
    ...route,
    reason: withholdText(route.reason),
    query: withholdText(route.query),
    signals: route.signals.map((signal) => ({ ...signal, term: withholdText(signal.term) })),
  };
}

function withholdRun(run: RagRun): RagRun {
  return {
    ...run,
    query: withholdText(run.query),
    error: run.error && withholdText(run.error),
    results: run.results.map((result) => ({
      ...result,
      title: withholdText(result.title),
      heading: withholdText(result.heading),
      text: withholdText(result.text),
    })),
  };
}

function withholdLog(event: EventOf<"log">): RecordedEvent {
  const { entry } = event;
  return {
    ...event,
    entry: {
      ...entry,
      message: withholdText(entry.message),
      input: withholdJson(entry.input),
      output: withholdJson(entry.output),
      error: entry.error && withholdText(entry.error),
    },
  };
}

/** Numbers stay; of what a stage shows nobody knows which keys are words of a text, so objects become lists. */
function withholdJson(value: Json): Json {
  if (typeof value === "string") return withholdText(value);
  if (value === null || typeof value !== "object") return value;
  return (Array.isArray(value) ? value : Object.values(value)).map(withholdJson);
}

/** Fields with keys of our own. */
function withholdFields(fields: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, NAMES.has(key) ? value : withholdField(value)]),
  );
}

function withholdField(value: Json): Json {
  const isCounts = (entry: Json) => entry === null || typeof entry !== "object";
  // Usage is an object of numbers, by which a call is known in Langfuse.
  if (
    value !== null &&
    typeof value === "object" &&
    !Array.isArray(value) &&
    Object.values(value).every(isCounts)
  )
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [
        key,
        typeof entry === "string" ? withholdText(entry) : entry,
      ]),
    );
  return withholdJson(value);
}
