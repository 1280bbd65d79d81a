import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from "openai";
import type {
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionCreateParamsStreaming,
} from "openai/resources/chat/completions";
import { ProviderFault } from "./provider-fault";

/** Where requests go when no base URL is configured. */
export const OPENAI_BASE_URL = "https://api.openai.com/v1";

export interface OpenAiClientOptions {
  /** Null: no Authorization header is sent, as local servers expect. */
  apiKey: string | null;
  /** Null: OpenAI's own. */
  baseUrl: string | null;
  /** What carries the requests; the global fetch unless given. */
  fetch?: typeof globalThis.fetch;
}

/** The three calls we make. Answers are as the server sent them, unchecked; faults are ProviderFault. */
export interface OpenAiClient {
  readonly baseUrl: string;
  streamChat(body: ChatCompletionCreateParamsStreaming, signal: AbortSignal): Promise<AsyncIterable<unknown>>;
  completeChat(body: ChatCompletionCreateParamsNonStreaming, signal: AbortSignal): Promise<unknown>;
  embed(body: { model: string; input: string[] }, signal: AbortSignal): Promise<unknown>;
}

/**
 * The only place that knows the SDK. Its retries and its log are off: retries must stop at the first
 * token, and its warnings would go to the console.
 */
export function createOpenAiClient({ apiKey, baseUrl, fetch }: OpenAiClientOptions): OpenAiClient {
  const sdk = new OpenAI({
    apiKey: apiKey ?? "none",
    baseURL: baseUrl ?? OPENAI_BASE_URL,
    // Explicit nulls, or the SDK would take these from the environment and send them to any base URL.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    defaultHeaders: apiKey === null ? { Authorization: null } : {},
    maxRetries: 0,
    // The time limit is ours; the SDK's ends with the response headers and would only get in the way.
    timeout: 2 ** 31 - 1,
    logLevel: "off",
    ...(fetch ? { fetch } : {}),
  });
  return {
    baseUrl: sdk.baseURL,
    async streamChat(body, signal) {
      const stream = await withFaults(sdk.chat.completions.create(body, { signal }));
      return { [Symbol.asyncIterator]: () => faultsOf(stream[Symbol.asyncIterator]()) };
    },
    completeChat: (body, signal) => withFaults(sdk.chat.completions.create(body, { signal })),
    // Asked for as numbers: the SDK's default, base64, is not spoken by every compatible server.
    embed: (body, signal) =>
      withFaults(sdk.embeddings.create({ ...body, encoding_format: "float" }, { signal })),
  };
}

async function withFaults<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw toProviderFault(error);
  }
}

function faultsOf(iterator: AsyncIterator<unknown>): AsyncIterator<unknown> {
  return {
    next: () => withFaults(iterator.next()),
    return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
  };
}

/** Sorts what the SDK or the transport threw. */
function toProviderFault(error: unknown): ProviderFault {
  if (error instanceof APIUserAbortError) return new ProviderFault("aborted", { cause: error });
  if (error instanceof APIConnectionTimeoutError) return new ProviderFault("timeout", { cause: error });
  if (error instanceof APIConnectionError) {
    return new ProviderFault("connection", { code: systemCode(error), cause: error });
  }
  if (error instanceof APIError) return statusFault(error);
  if (error instanceof SyntaxError) return new ProviderFault("malformed", { cause: error });
  return new ProviderFault("cut", { code: systemCode(error), cause: error });
}

function statusFault(error: InstanceType<typeof APIError>): ProviderFault {
  const code: unknown = error.code;
  return new ProviderFault("status", {
    status: error.status ?? (typeof code === "number" ? code : null),
    code: typeof code === "string" ? code : null,
    detail: `${error.message} ${JSON.stringify(error.error ?? null)}`,
    retryAfterMs: retryAfterMs(error.headers ?? null),
    cause: error,
  });
}

/** The first system error code in a chain of causes; undici wraps them more than once. */
function systemCode(error: unknown): string | null {
  let current = error;
  for (let depth = 0; depth < 6 && current instanceof Error; depth += 1) {
    if ("code" in current && typeof current.code === "string") return current.code;
    if (current instanceof AggregateError) current = current.errors[0];
    else current = current.cause;
  }
  return null;
}

/** Reads `retry-after-ms` or `retry-after` (seconds or a date); null when there is none or it is unreadable. */
function retryAfterMs(headers: Headers | null): number | null {
  const milliseconds = Number.parseFloat(headers?.get("retry-after-ms") ?? "");
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds);
  const value = headers?.get("retry-after")?.trim();
  if (!value) return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}
