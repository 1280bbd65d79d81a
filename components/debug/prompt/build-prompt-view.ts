import type { Generation, PromptMessage, PromptOrigin, RunRecord } from "@/lib/domain/run-record";
import { type ClippedText, clipText } from "./clip-text";

type Part = PromptMessage["parts"][number];

/** A stretch of a message that stands on its own: a passage, or whatever is between passages. */
export interface PromptBlock extends ClippedText {
  key: string;
  origin: PromptOrigin;
  /** Null for what is no passage. */
  passageId: string | null;
  /** The number that `[n]` in the answer refers to. */
  n: number | null;
}

/** Passages after the first few, shown as one line until somebody opens it. */
export interface PassageGroup {
  key: string;
  first: number | null;
  last: number | null;
  tokens: number;
  blocks: PromptBlock[];
}

export interface MessageView {
  key: string;
  role: PromptMessage["role"];
  origin: PromptOrigin;
  tokens: number;
  content: string;
  pieces: (PromptBlock | PassageGroup)[];
}

export interface PromptView {
  /** The model's own count, else ours. */
  promptTokens: number;
  /** The bar, in the order of the prompt. */
  segments: { origin: PromptOrigin; tokens: number }[];
  /** Sums of it. */
  origins: { origin: PromptOrigin; tokens: number }[];
  messages: MessageView[];
}

const PASSAGES_SHOWN = 2;
const PASSAGE_CHARACTERS = 190;
const TEXT_CHARACTERS = 1_600;

/** The prompt of one model call as it was sent, cut by origin. */
export function buildPromptView(generation: Generation, context: RunRecord["context"]): PromptView {
  const numbers = new Map(context?.passages.map(({ passage_id, n }) => [passage_id, n]));
  const messages = generation.messages.map((message, index) => toMessageView(message, `${index}`, numbers));
  const parts = generation.messages.flatMap(partsOf);
  return {
    promptTokens:
      generation.usage?.prompt_tokens ?? generation.messages.reduce((sum, { tokens }) => sum + tokens, 0),
    segments: mergeNeighbours(parts),
    origins: sumByOrigin(parts),
    messages,
  };
}

/** The model call to show: the one of that span, else the answer's, else the last. */
export function chooseGeneration(
  generations: readonly Generation[],
  spanId: string | null,
): Generation | undefined {
  return (
    generations.find(({ span_id }) => span_id === spanId) ??
    generations.findLast(({ purpose }) => purpose === "answer") ??
    generations.at(-1)
  );
}

function toMessageView(
  message: PromptMessage,
  key: string,
  numbers: ReadonlyMap<string, number | null>,
): MessageView {
  const blocks = partsOf(message).map((part, index): PromptBlock => {
    const text = message.content.slice(part.start, part.end);
    const most = part.passage_id === null ? TEXT_CHARACTERS : PASSAGE_CHARACTERS;
    const n = (part.passage_id === null ? null : numbers.get(part.passage_id)) ?? null;
    return {
      key: `${key}.${index}`,
      origin: part.origin,
      passageId: part.passage_id,
      n,
      ...clipText(text, part.tokens, most),
    };
  });
  const { role, tokens, content } = message;
  return { key, role, origin: mainOrigin(blocks), tokens, content, pieces: groupPassages(blocks) };
}

/** A message whose parts were not kept is one part, by its role. */
function partsOf({ role, content, tokens, parts }: PromptMessage): Part[] {
  if (parts.length > 0) return parts;
  return [
    {
      origin: role === "system" ? "system" : "question",
      passage_id: null,
      start: 0,
      end: content.length,
      tokens,
    },
  ];
}

/** The message with the question is the question's, however many passages come with it. */
function mainOrigin(blocks: readonly PromptBlock[]): PromptOrigin {
  return (blocks.find(({ origin }) => origin === "question") ?? blocks[0])?.origin ?? "question";
}

/** Of passages that follow one another, the first two stay; the others become a group when there are several. */
function groupPassages(blocks: readonly PromptBlock[]): MessageView["pieces"] {
  const pieces: MessageView["pieces"] = [];
  let run: PromptBlock[] = [];
  const endRun = () => {
    const rest = run.slice(PASSAGES_SHOWN);
    pieces.push(...run.slice(0, PASSAGES_SHOWN), ...(rest.length > 1 ? [toGroup(rest)] : rest));
    run = [];
  };
  for (const block of blocks) {
    if (block.passageId !== null) run.push(block);
    else {
      endRun();
      pieces.push(block);
    }
  }
  endRun();
  return pieces;
}

function toGroup(blocks: PromptBlock[]): PassageGroup {
  return {
    key: `${blocks[0]?.key}+`,
    first: blocks[0]?.n ?? null,
    last: blocks.at(-1)?.n ?? null,
    tokens: blocks.reduce((sum, { tokens }) => sum + tokens, 0),
    blocks,
  };
}

function mergeNeighbours(parts: readonly Part[]): PromptView["segments"] {
  const segments: PromptView["segments"] = [];
  for (const { origin, tokens } of parts) {
    const last = segments.at(-1);
    if (last?.origin === origin) last.tokens += tokens;
    else segments.push({ origin, tokens });
  }
  return segments;
}

const ORIGINS: readonly PromptOrigin[] = ["system", "memory", "context", "question"];

function sumByOrigin(parts: readonly Part[]): PromptView["origins"] {
  return ORIGINS.map((origin) => ({
    origin,
    tokens: parts.reduce((sum, part) => sum + (part.origin === origin ? part.tokens : 0), 0),
  })).filter(({ tokens }) => tokens > 0);
}
