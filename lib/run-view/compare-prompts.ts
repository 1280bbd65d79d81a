import type { PromptMessage, PromptOrigin, RunRecord } from "@/lib/domain/run-record";
import { alignLists, type Pair } from "./align-lists";
import { answerGeneration } from "./answer-generation";
import { diffTexts, type TextDiff } from "./diff-texts";

/** A stretch of a message in both runs, or in one alone: then all of it is a change. */
export interface PartDiff {
  origin: PromptOrigin;
  passage_id: string | null;
  /** Null where the run's prompt has no such part. */
  tokens_a: number | null;
  tokens_b: number | null;
  diff: TextDiff;
}

export interface MessageDiff {
  role: PromptMessage["role"];
  origin: PromptOrigin;
  state: "same" | "changed" | "only_in_a" | "only_in_b";
  parts: PartDiff[];
}

interface Part {
  origin: PromptOrigin;
  passage_id: string | null;
  tokens: number;
  text: string;
}

interface Message {
  role: PromptMessage["role"];
  origin: PromptOrigin;
  key: string;
  parts: Part[];
}

/**
 * The prompts of the two answers, message by message and part by part. System message and question belong
 * together whatever they say, earlier turns when they say the same, passages by their id.
 */
export function comparePrompts(a: RunRecord, b: RunRecord): MessageDiff[] {
  return alignLists(messagesOf(a), messagesOf(b), ({ key }) => key).map(toMessageDiff);
}

function toMessageDiff({ a, b }: Pair<Message>): MessageDiff {
  const { role, origin } = a ?? b;
  const parts = alignLists(a?.parts ?? [], b?.parts ?? [], partKey).map(toPartDiff);
  if (!b) return { role, origin, state: "only_in_a", parts };
  if (!a) return { role, origin, state: "only_in_b", parts };
  return { role, origin, state: parts.every(isSame) ? "same" : "changed", parts };
}

function toPartDiff({ a, b }: Pair<Part>): PartDiff {
  const { origin, passage_id } = a ?? b;
  const diff = diffTexts(a?.text ?? "", b?.text ?? "");
  return { origin, passage_id, tokens_a: a?.tokens ?? null, tokens_b: b?.tokens ?? null, diff };
}

function isSame({ diff, tokens_a, tokens_b }: PartDiff): boolean {
  return tokens_a !== null && tokens_b !== null && diff.pieces.every(({ kind }) => kind === "same");
}

/** A passage is the same one in another place; the other parts of an origin follow one another. */
function partKey({ origin, passage_id }: Part): string {
  return `${origin}:${passage_id ?? ""}`;
}

function messagesOf(record: RunRecord): Message[] {
  return (answerGeneration(record)?.messages ?? []).map((message) => {
    const parts = partsOf(message);
    const origin = mainOrigin(parts);
    const key = origin === "memory" ? `memory:${message.role}:${message.content}` : origin;
    return { role: message.role, origin, key, parts };
  });
}

/** A message whose parts were not kept is one part, by its role. */
function partsOf({ role, content, tokens, parts }: PromptMessage): Part[] {
  if (parts.length === 0) {
    return [{ origin: role === "system" ? "system" : "question", passage_id: null, tokens, text: content }];
  }
  return parts.map(({ origin, passage_id, start, end, tokens }) => {
    return { origin, passage_id, tokens, text: content.slice(start, end) };
  });
}

/** The message with the question is the question's, however many passages come with it. */
function mainOrigin(parts: readonly Part[]): PromptOrigin {
  return (parts.find(({ origin }) => origin === "question") ?? parts[0])?.origin ?? "question";
}
