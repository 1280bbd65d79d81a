import type { z } from "zod";
import { MASK } from "@/lib/domain/mask";
import type { PromptMessage } from "@/lib/domain/run-record";
import type { RecordedEvent } from "@/lib/events/run-event";
import { maskText, secretsIn } from "./mask";

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

/** Fields that hold whatever a stage wants to show. */
const payloadKeys = new Set(["input", "output", "attributes", "signals"]);

type Json = z.infer<ReturnType<typeof z.json>>;

/** Masks and caps events of one run, and counts what it cut. */
export interface EventMasker {
  mask(event: RecordedEvent): RecordedEvent;
  /** Payload parts cut so far. */
  truncated(): number;
}

/** A search term of fewer characters says nothing of the secret that it was cut from. */
const MIN_FRAGMENT = 3;

/**
 * One per run: citations refer into the answer, which is masked when its generation ends. Searching cuts
 * what the user wrote (`asked`) into terms, so a term that is a piece of a secret in it is masked as well.
 */
export function createEventMasker(asked: readonly string[] = []): EventMasker {
  const secrets = asked.flatMap(secretsIn).map((secret) => secret.toLowerCase());
  let truncated = 0;
  let answerOffset = (offset: number) => offset;

  const cap = (text: string): string => {
    if (text.length <= MAX_PART_CHARACTERS) return text;
    truncated += 1;
    return `${text.slice(0, MAX_PART_CHARACTERS)}…`;
  };
  const maskString = (text: string) => maskText(cap(text)).text;
  const isFragment = (text: string) =>
    text.length >= MIN_FRAGMENT && secrets.some((secret) => secret.includes(text.toLowerCase()));
  const maskTerm = (text: string) => (isFragment(text) ? MASK : maskString(text));
  /** A sentence may quote terms, as a route's reason does. */
  const maskSentence = (text: string) =>
    maskString(text).replace(/[^\s,;]+/g, (word) => (isFragment(word) ? MASK : word));

  /** Outside payloads keys are our own, and values may be names that the schema knows. */
  const maskJson = (value: Json, maskValue = maskString): Json => {
    if (typeof value === "string") return maskValue(value);
    if (Array.isArray(value)) return value.map((entry) => maskJson(entry, maskValue));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => {
        if (idKeys.has(key)) return [key, entry];
        if (isSentence(key, entry)) return [key, maskSentence(entry)];
        if (maskValue === maskTerm) return [maskTerm(key), maskJson(entry, maskTerm)];
        return [key, maskJson(entry, payloadKeys.has(key) ? maskTerm : maskString)];
      }),
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

/** The reason of a route, not that of a dropped passage, which is one word of the schema. */
function isSentence(key: string, value: Json): value is string {
  return key === "reason" && typeof value === "string" && value.includes(" ");
}
