import type { z } from "zod";
import { MASK } from "@/lib/domain/mask";
import type { Payload, PayloadPart } from "@/lib/domain/payload";
import type { PromptMessage } from "@/lib/domain/run-record";
import type { RecordedEvent } from "@/lib/events/run-event";
import { capJson, capText, jsonSize } from "./cap-json";
import { capMessages, mapParts, sizeOfMessages } from "./cap-messages";
import { maskText, secretsIn } from "./mask";

/** An event shows this many characters of a part at most. */
export const MAX_PART_CHARACTERS = 64 * 1024;
/** Of a part that is longer, this much is kept beside the events. */
export const MAX_KEPT_CHARACTERS = 512 * 1024;

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

export interface MaskedEvent {
  event: RecordedEvent;
  /** What the event shows the beginning of, masked as well. */
  payloads: Payload[];
}

/** Masks and caps events of one run, and counts what it cut. */
export interface EventMasker {
  mask(event: RecordedEvent): MaskedEvent;
  /** Payload parts cut so far. */
  truncated(): number;
}

/** A search term of fewer characters says nothing of the secret that it was cut from. */
const MIN_FRAGMENT = 3;
/** Masking anew what has fewer characters is as fast as remembering it. */
const MIN_KNOWN = 64;

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
    return capText(text, MAX_PART_CHARACTERS);
  };
  /** The passages of a run stand in many of its events. */
  const known = new Map<string, string>();
  const maskKnown = (text: string): string => {
    if (text.length < MIN_KNOWN) return maskText(text).text;
    const masked = known.get(text) ?? maskText(text).text;
    known.set(text, masked);
    return masked;
  };
  const maskString = (text: string) => maskKnown(cap(text));
  const isFragment = (text: string) =>
    text.length >= MIN_FRAGMENT && secrets.some((secret) => secret.includes(text.toLowerCase()));
  const maskTerm = (text: string) => (isFragment(text) ? MASK : maskKnown(text));
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
        return [key, payloadKeys.has(key) ? maskPayload(entry) : maskJson(entry)];
      }),
    );
  };

  /** Cut when it is long, without the rest being kept. */
  const maskPayload = (value: Json): Json => {
    if (jsonSize(value, MAX_PART_CHARACTERS) <= MAX_PART_CHARACTERS) return maskJson(value, maskTerm);
    truncated += 1;
    return maskJson(capJson(value, MAX_PART_CHARACTERS), maskTerm);
  };

  const maskMessage = (message: PromptMessage) => mapParts(message, (text) => maskText(text).text);

  const maskAny = <T extends RecordedEvent>(event: T): T => maskJson(event as Json) as T;

  /** Masks the parts of one event; what is too long for it is put aside. */
  function partsOf(spanId: string) {
    const payloads: Payload[] = [];
    const keep = (part: PayloadPart, value: Json, complete: boolean) => {
      truncated += 1;
      payloads.push({ span_id: spanId, part, value, complete });
    };
    return {
      payloads,
      json(part: PayloadPart, value: Json): Json {
        const size = jsonSize(value, MAX_KEPT_CHARACTERS);
        if (size <= MAX_PART_CHARACTERS) return maskJson(value, maskTerm);
        const masked = maskJson(capJson(value, MAX_KEPT_CHARACTERS), maskTerm);
        keep(part, masked, size <= MAX_KEPT_CHARACTERS);
        return capJson(masked, MAX_PART_CHARACTERS);
      },
      messages(messages: PromptMessage[]): PromptMessage[] {
        const size = sizeOfMessages(messages);
        const masked = capMessages(messages, MAX_KEPT_CHARACTERS).map(maskMessage);
        if (size <= MAX_PART_CHARACTERS) return masked;
        keep("messages", masked, size <= MAX_KEPT_CHARACTERS);
        return capMessages(masked, MAX_PART_CHARACTERS);
      },
      text(part: PayloadPart, text: string): string {
        const masked = maskText(capText(text, MAX_KEPT_CHARACTERS)).text;
        if (text.length <= MAX_PART_CHARACTERS) return masked;
        keep(part, masked, text.length <= MAX_KEPT_CHARACTERS);
        return capText(masked, MAX_PART_CHARACTERS);
      },
    };
  }

  const attributesOf = (parts: ReturnType<typeof partsOf>, event: { attributes: Record<string, Json> }) =>
    parts.json("attributes", event.attributes) as Record<string, Json>;

  function maskSpan(event: Extract<RecordedEvent, { type: "span-start" | "span-end" }>): MaskedEvent {
    const parts = partsOf(event.span_id);
    const attributes = attributesOf(parts, event);
    const rest =
      event.type === "span-start"
        ? { ...maskAny({ ...event, input: null, attributes: {} }), input: parts.json("input", event.input) }
        : {
            ...maskAny({ ...event, output: null, attributes: {} }),
            output: parts.json("output", event.output),
          };
    return { event: { ...rest, attributes }, payloads: parts.payloads };
  }

  return {
    truncated: () => truncated,
    mask(event) {
      switch (event.type) {
        case "span-start":
        case "span-end":
          return maskSpan(event);
        case "prompt": {
          const parts = partsOf(event.span_id);
          const messages = parts.messages(event.messages);
          return { event: { ...maskAny({ ...event, messages: [] }), messages }, payloads: parts.payloads };
        }
        case "generation-end": {
          const parts = partsOf(event.span_id);
          const response = parts.text("response", event.response);
          answerOffset = maskText(capText(event.response, MAX_PART_CHARACTERS)).mapOffset;
          return { event: { ...maskAny({ ...event, response: "" }), response }, payloads: parts.payloads };
        }
        case "citations":
          return withoutPayloads({
            ...event,
            citations: event.citations.map((citation) => ({
              ...citation,
              sentence: maskString(citation.sentence),
              start: answerOffset(citation.start),
              end: answerOffset(citation.end),
            })),
          });
        default:
          return withoutPayloads(maskAny(event));
      }
    },
  };
}

function withoutPayloads(event: RecordedEvent): MaskedEvent {
  return { event, payloads: [] };
}

/** The reason of a route, not that of a dropped passage, which is one word of the schema. */
function isSentence(key: string, value: Json): value is string {
  return key === "reason" && typeof value === "string" && value.includes(" ");
}
