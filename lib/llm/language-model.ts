import type { Usage } from "@/lib/domain/usage";
import type { StreamErrorCode } from "@/lib/events/stream-error";

export interface ModelMessage {
  role: "system" | "user" | "assistant";
  content: string;
}

export interface ModelRequest {
  model: string;
  messages: readonly ModelMessage[];
  /** Null leaves it to the provider. */
  temperature: number | null;
  signal: AbortSignal;
}

/** Asks for one JSON value. */
export interface JsonRequest extends ModelRequest {
  /** What it is held to where the server can do that; whoever asks checks the answer all the same. */
  schema?: { name: string; schema: Record<string, unknown> };
}

export type ModelChunk =
  | { type: "text"; text: string }
  | {
      type: "end";
      finishReason: "stop" | "length";
      /** Null where the provider reported none. */
      usage: Usage | null;
      /** The model as the provider named it. */
      model: string;
    };

/** Port: a chat model that streams. */
export interface LanguageModel {
  /** The model used where a request names none. */
  readonly defaultModel: string;
  /** True for the built-in extractive model, which needs no network and writes no prose of its own. */
  readonly extractive: boolean;
  /** Base URL of the chat completions address for "Copy as cURL"; null for the extractive model. */
  readonly baseUrl: string | null;
  /**
   * Streams one answer: text chunks, then exactly one end. Throws ModelError. Aborting the signal ends
   * it with the signal's reason. Waits at most the configured limit for the first and between tokens.
   */
  stream(request: ModelRequest): AsyncGenerator<ModelChunk, void>;
  /** A whole answer that is one JSON value; for routing and rewriting. Throws ModelError. */
  completeJson(request: JsonRequest): Promise<{ text: string; usage: Usage | null; model: string }>;
}

/** Port: text to vectors. */
export interface EmbeddingModel {
  readonly model: string;
  /** One vector per text, in order. Throws ModelError. */
  embed(
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<{ vectors: number[][]; promptTokens: number | null }>;
}

/** Port: how well texts answer a query, judged by a model that reads both together. */
export interface Reranker {
  readonly model: string;
  /**
   * A score per text, in order, higher is better; most models stay in [0, 1]. Null for a text that was not
   * judged. Throws when the server fails, is late or answers something else; the message is fit for a
   * person. Aborting the signal ends it with the signal's reason.
   */
  score(query: string, texts: readonly string[], signal: AbortSignal): Promise<(number | null)[]>;
}

/** Counts tokens the way the configured model's family does; an estimate for others. */
export interface Tokenizer {
  count(text: string): number;
}

/** Price of a call in US dollars; null when the model's price is unknown, 0 for the extractive model. */
export interface PriceTable {
  cost(model: string, usage: Usage): number | null;
}

/** What a model call failed with. `message` is fit for a person and names no host, key or prompt. */
export class ModelError extends Error {
  override readonly name = "ModelError";
  readonly code: Extract<StreamErrorCode, `model_${string}`>;
  /** Whether trying again may help. */
  readonly retryable: boolean;

  constructor(code: ModelError["code"], message: string, options: { retryable: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable;
  }
}
