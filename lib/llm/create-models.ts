import type { EmbeddingModel, LanguageModel, PriceTable, Tokenizer } from "./language-model";
import { createOfflineFetch, OFFLINE_MODEL } from "./offline-fetch";
import { createOpenAiEmbeddingModel } from "./openai-embedding-model";
import { createOpenAiLanguageModel } from "./openai-language-model";
import { createPriceTable } from "./price-table";
import { type Sleep, systemSleep } from "./retry";
import { createTokenizer, loadTokenizer } from "./tokenizer";

export interface ModelSettings {
  apiKey: string | null;
  baseUrl: string | null;
  chatModel: string | null;
  embeddingModel: string | null;
  /** To the first token, and between tokens. */
  timeoutMs: number;
}

export interface Models {
  language: LanguageModel;
  /** Null where no embedding model is configured, or no provider to ask for it. */
  embedding: EmbeddingModel | null;
  tokenizer: Tokenizer;
  prices: PriceTable;
}

/** Served where a provider is configured and no model is. */
const DEFAULT_CHAT_MODEL = "gpt-4o-mini";
/** Reserved by RFC 2606: a request that left the process by mistake would reach nobody. */
const OFFLINE_BASE_URL = "http://offline.invalid/v1";

/**
 * Everything the pipeline needs of models. Without a key and a base URL, or with CHAT_MODEL=offline, the
 * offline model answers and no request leaves the process. Loads the tokenizer, about 0.2 s once.
 * `sleep` paces the offline model's stream and the waits between attempts.
 */
export async function createModels(
  settings: ModelSettings,
  { sleep = systemSleep }: { sleep?: Sleep } = {},
): Promise<Models> {
  const { apiKey, baseUrl, chatModel, embeddingModel, timeoutMs } = settings;
  const hasProvider = apiKey !== null || baseUrl !== null;
  const isOffline = !hasProvider || chatModel === OFFLINE_MODEL;
  const model = isOffline ? OFFLINE_MODEL : (chatModel ?? DEFAULT_CHAT_MODEL);
  await loadTokenizer(model);
  const tokenizer = createTokenizer(model);
  const provider = { apiKey, baseUrl, timeoutMs, sleep };
  return {
    language: isOffline
      ? createOfflineModel({ tokenizer, timeoutMs, sleep })
      : createOpenAiLanguageModel({ ...provider, defaultModel: model }),
    embedding:
      hasProvider && embeddingModel !== null
        ? createOpenAiEmbeddingModel({ ...provider, model: embeddingModel })
        : null,
    tokenizer,
    prices: createPriceTable(hasProvider ? { baseUrl } : null),
  };
}

interface OfflineModelOptions {
  tokenizer: Tokenizer;
  timeoutMs: number;
  sleep: Sleep;
}

/** The extractive model behind the very adapter that a real one is behind. */
function createOfflineModel({ tokenizer, timeoutMs, sleep }: OfflineModelOptions): LanguageModel {
  return createOpenAiLanguageModel({
    apiKey: null,
    baseUrl: OFFLINE_BASE_URL,
    defaultModel: OFFLINE_MODEL,
    timeoutMs,
    fetch: createOfflineFetch({ tokenizer, sleep }),
    extractive: true,
  });
}
