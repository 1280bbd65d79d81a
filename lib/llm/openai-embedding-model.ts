import { z } from "zod";
import { failureOf } from "./call-failure";
import type { EmbeddingModel } from "./language-model";
import type { FaultContext } from "./model-error-of";
import { createOpenAiClient, type OpenAiClientOptions } from "./openai-client";
import { ProviderFault } from "./provider-fault";
import { type Sleep, systemSleep, withRetries } from "./retry";
import { startTimeLimit } from "./time-limit";

export interface OpenAiEmbeddingModelOptions extends OpenAiClientOptions {
  model: string;
  /** For each batch. */
  timeoutMs: number;
  sleep?: Sleep;
}

/** The smallest limit among the common servers. */
const BATCH_SIZE = 96;

const responseSchema = z.object({
  data: z.array(z.object({ index: z.number().int().nonnegative(), embedding: z.array(z.number()).min(1) })),
  usage: z.object({ prompt_tokens: z.number().int().positive() }).nullish().catch(null),
});

interface Batch {
  vectors: number[][];
  promptTokens: number | null;
}

/** EmbeddingModel over any OpenAI-compatible server, in batches of at most 96, one after the other. */
export function createOpenAiEmbeddingModel(options: OpenAiEmbeddingModelOptions): EmbeddingModel {
  const client = createOpenAiClient(options);
  const sleep = options.sleep ?? systemSleep;
  const context: FaultContext = { modelSetting: "EMBEDDING_MODEL", timeoutMs: options.timeoutMs };

  async function embedBatch(input: string[], caller: AbortSignal): Promise<Batch> {
    const limit = startTimeLimit(options.timeoutMs, caller);
    const { signal } = limit;
    try {
      const call = () => client.embed({ model: options.model, input }, signal);
      return parseBatch(await withRetries(call, { sleep, signal }), input.length);
    } catch (error) {
      throw failureOf(error, { limit, caller, context });
    } finally {
      limit.stop();
    }
  }

  return {
    model: options.model,
    async embed(texts, signal) {
      const vectors: number[][] = [];
      let promptTokens: number | null = 0;
      for (let start = 0; start < texts.length; start += BATCH_SIZE) {
        // An empty text is refused by OpenAI and would take its whole batch with it.
        const input = texts.slice(start, start + BATCH_SIZE).map((text) => text || " ");
        const batch = await embedBatch(input, signal);
        vectors.push(...batch.vectors);
        promptTokens =
          promptTokens === null || batch.promptTokens === null ? null : promptTokens + batch.promptTokens;
      }
      return { vectors, promptTokens };
    },
  };
}

/** One vector per text in the texts' order, all of one length. Throws ProviderFault `malformed`. */
function parseBatch(value: unknown, expected: number): Batch {
  const parsed = responseSchema.safeParse(value);
  if (!parsed.success) throw new ProviderFault("malformed", { cause: parsed.error });
  const { data, usage } = parsed.data;
  const vectors = [...data].sort((a, b) => a.index - b.index).map((item) => item.embedding);
  const isWhole = vectors.length === expected && new Set(data.map((item) => item.index)).size === expected;
  const isEven = vectors.every((vector) => vector.length === vectors[0]?.length);
  if (!isWhole || !isEven) throw new ProviderFault("malformed");
  return { vectors, promptTokens: usage?.prompt_tokens ?? null };
}
