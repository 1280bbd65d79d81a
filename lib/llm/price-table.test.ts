import { describe, expect, it } from "vitest";
import { createPriceTable } from "./price-table";

const usage = { prompt_tokens: 1_000_000, completion_tokens: 1_000_000, total_tokens: 2_000_000 };

describe("the price of a call", () => {
  it("is the list price of OpenAI where no base URL is set, also under a dated name", () => {
    const prices = createPriceTable({ baseUrl: null });
    expect(prices.cost("gpt-4o-mini", usage)).toBeCloseTo(0.75);
    expect(prices.cost("gpt-4o-mini-2024-07-18", usage)).toBeCloseTo(0.75);
    expect(
      prices.cost("gpt-4o-mini", { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 }),
    ).toBeCloseTo(0.00021);
  });

  it("is the list price of the provider behind the base URL", () => {
    const prices = createPriceTable({ baseUrl: "https://api.deepseek.com/v1" });
    expect(prices.cost("deepseek-chat", usage)).toBeGreaterThan(0);
    expect(prices.cost("gpt-4o-mini", usage)).toBeNull();
  });

  it.each(["http://127.0.0.1:11434/v1", "http://gpu-server:8000/v1", "http://evil.example/api.openai.com"])(
    "at %s is OpenAI's for OpenAI's own models, and unknown for any other",
    (baseUrl) => {
      const prices = createPriceTable({ baseUrl });
      expect(prices.cost("gpt-4o-mini", usage)).toBeCloseTo(0.75);
      for (const model of ["qwen3:8b", "llama3", "gpt-oss:20b"]) expect(prices.cost(model, usage)).toBeNull();
    },
  );

  it("is unknown for a model that the list does not have, and not 0", () => {
    expect(createPriceTable({ baseUrl: null }).cost("no-such-model", usage)).toBeNull();
  });

  it("is 0 for the offline model, and for everything where nothing leaves the process", () => {
    expect(createPriceTable({ baseUrl: null }).cost("offline", usage)).toBe(0);
    expect(createPriceTable(null).cost("gpt-4o", usage)).toBe(0);
  });
});
