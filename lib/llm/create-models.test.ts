import { describe, expect, it } from "vitest";
import { createModels, type ModelSettings } from "./create-models";
import { sendAnswer, startFaultServer } from "./fault-server.fixture";

const unset: ModelSettings = {
  apiKey: null,
  baseUrl: null,
  chatModel: null,
  embeddingModel: null,
  timeoutMs: 5_000,
};

describe("the choice of models", () => {
  it("is the offline model where neither a key nor a base URL is set", async () => {
    const { language, embedding, prices } = await createModels({
      ...unset,
      chatModel: "gpt-4o",
      embeddingModel: "text-embedding-3-small",
    });
    expect(language).toMatchObject({ defaultModel: "offline", extractive: true, baseUrl: null });
    expect(embedding).toBeNull();
    expect(prices.cost("offline", { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 })).toBe(0);
  });

  it("is gpt-4o-mini at OpenAI with a key and no model", async () => {
    const { language } = await createModels({ ...unset, apiKey: "k" });
    expect(language).toMatchObject({
      defaultModel: "gpt-4o-mini",
      extractive: false,
      baseUrl: "https://api.openai.com/v1",
    });
  });

  it("is what the settings name, at the base URL, without a key where there is none", async () => {
    await using server = await startFaultServer(sendAnswer);
    const { language, embedding } = await createModels({
      ...unset,
      baseUrl: server.baseUrl,
      chatModel: "llama3.1",
      embeddingModel: "nomic-embed-text",
    });
    expect(language).toMatchObject({ defaultModel: "llama3.1", extractive: false, baseUrl: server.baseUrl });
    expect(embedding?.model).toBe("nomic-embed-text");
  });

  it("takes CHAT_MODEL=offline at its word and still embeds at the provider", async () => {
    const { language, embedding } = await createModels({
      ...unset,
      apiKey: "k",
      chatModel: "offline",
      embeddingModel: "text-embedding-3-small",
    });
    expect(language.extractive).toBe(true);
    expect(embedding).not.toBeNull();
  });

  it("comes with a tokenizer that is loaded", async () => {
    const { tokenizer } = await createModels(unset);
    expect(tokenizer.count("a b c d e f")).toBe(6);
  });
});
