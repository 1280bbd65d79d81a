import type { z } from "zod";
import type { PromptMessage } from "@/lib/domain/run-record";
import type { RecordedEvent } from "@/lib/events/run-event";
import { maskText } from "./mask";

/** A text longer than this many characters is cut before it is stored. */
export const MAX_PART_CHARACTERS = 64 * 1024;

/** Ids of our own making: no secret, and other rows refer to them. */
const idKeys = new Set([
  "request_id",
  "session_id",
  "span_id",
  "parent_span_id",
  "passage_id",
  "document_id",
  "regenerate_of",
  "replay_of",
  "type",
]);

type Json = z.infer<ReturnType<typeof z.json>>;

/** Masks and caps events of one run, and counts what it cut. */
export interface EventMasker {
  mask(event: RecordedEvent): RecordedEvent;
  /** Payload parts cut so far. */
  truncated(): number;
}

/** One per run: citations refer into the answer, which is masked when its generation ends. */
export function createEventMasker(): EventMasker {
  let truncated = 0;
  let answerOffset = (offset: number) => offset;

  const cap = (text: string): string => {
    if (text.length <= MAX_PART_CHARACTERS) return text;
    truncated += 1;
    return `${text.slice(0, MAX_PART_CHARACTERS)}…`;
  };
  const maskString = (text: string) => maskText(cap(text)).text;

  const maskJson = (value: Json): Json => {
    if (typeof value === "string") return maskString(value);
    if (Array.isArray(value)) return value.map(maskJson);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, idKeys.has(key) ? entry : maskJson(entry)]),
    );
  };

  /** Part by part, so that the parts' offsets stay true. */
  const maskMessage = (message: PromptMessage): PromptMessage => {
    let content = "";
    const parts = message.parts.map((part) => {
      const start = content.length;
      content += maskString(message.content.slice(part.start, part.end));
      return { ...part, start, end: content.length };
    });
    return { ...message, content, parts };
  };

  const maskAny = <T extends RecordedEvent>(event: T): T => maskJson(event as Json) as T;

  return {
    truncated: () => truncated,
    mask(event) {
      switch (event.type) {
        case "prompt":
          return { ...maskAny({ ...event, messages: [] }), messages: event.messages.map(maskMessage) };
        case "generation-end":
          answerOffset = maskText(cap(event.response)).mapOffset;
          return maskAny(event);
        case "citations":
          return {
            ...event,
            citations: event.citations.map((citation) => ({
              ...citation,
              sentence: maskString(citation.sentence),
              start: answerOffset(citation.start),
              end: answerOffset(citation.end),
            })),
          };
        default:
          return maskAny(event);
      }
    },
  };
}
