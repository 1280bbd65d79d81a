import { calcPrice, findProvider } from "@pydantic/genai-prices";
import type { PriceTable } from "./language-model";
import { OFFLINE_MODEL } from "./offline-fetch";
import { OPENAI_BASE_URL } from "./openai-client";

/**
 * List prices by the model's name, of the provider behind the base URL; behind a host that is no provider of
 * the list, OpenAI's: a gateway that serves `gpt-4o-mini` under this very name bills it, and the names of
 * models that run on one's own machine are not among OpenAI's. `provider` null means that nothing leaves the
 * process and everything is free. The offline model costs 0; null where the list does not have the model.
 */
export function createPriceTable(provider: { baseUrl: string | null } | null): PriceTable {
  const behind = provider && findProvider({ providerApiUrl: provider.baseUrl ?? OPENAI_BASE_URL });
  const listed = behind ?? findProvider({ providerId: "openai" });
  return {
    cost(model, usage) {
      if (provider === null || model === OFFLINE_MODEL) return 0;
      if (!listed) return null;
      const tokens = { input_tokens: usage.prompt_tokens, output_tokens: usage.completion_tokens };
      return calcPrice(tokens, model, { provider: listed })?.total_price ?? null;
    },
  };
}
