import fc from "fast-check";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { beforeAll, describe, expect, it } from "vitest";
import { createTokenizer, loadTokenizer } from "./tokenizer";

describe("before the vocabulary is loaded", () => {
  it("estimates from the bytes, never from nothing", () => {
    const tokenizer = createTokenizer("gpt-3.5-turbo");
    expect(tokenizer.count("")).toBe(0);
    expect(tokenizer.count("Hello there, world!")).toBe(5);
  });
});

describe("a loaded tokenizer", () => {
  const tokenizer = createTokenizer("gpt-4o-mini");
  beforeAll(() => loadTokenizer("gpt-4o-mini"));

  it("counts as the model's own vocabulary does", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
        expect(tokenizer.count(text)).toBe(encode(text, { disallowedSpecial: new Set() }).length);
      }),
    );
    expect(tokenizer.count("企业版的数据保留多长时间？")).toBe(encode("企业版的数据保留多长时间？").length);
  });

  it("counts the text of special tokens as text", () => {
    expect(tokenizer.count("<|endoftext|>")).toBeGreaterThan(1);
  });

  it("is as exact as it can be on long prose", () => {
    const prose =
      "The merged passages enter the prompt from the best downwards. 排名靠前的段落先进入。\n".repeat(300);
    expect(tokenizer.count(prose)).toBe(encode(prose).length);
  });

  it.each([
    ["one letter", "a".repeat(300_000)],
    ["Chinese without a mark", "部署在自己的服务器上并且支持中文检索".repeat(6_000)],
    ["spaces", " ".repeat(300_000)],
    ["marks", "=".repeat(300_000)],
    ["emoji", "👩‍👩‍👧‍👦".repeat(10_000)],
    ["Base64", Buffer.from(Array.from({ length: 90_000 }, (_, i) => (i * 7919) % 251)).toString("base64")],
    ["megabytes", "word ".repeat(1_000_000)],
  ])("answers soon on a text that is hard to merge: %s", (_, text) => {
    const before = process.cpuUsage();
    expect(tokenizer.count(text)).toBeGreaterThan(0);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(1_500);
  });

  it("cuts a long run with an error of a token per cut at most", () => {
    const run = "数据保留".repeat(200);
    expect(Math.abs(tokenizer.count(run) - encode(run).length)).toBeLessThanOrEqual(run.length / 128 + 1);
  });

  it("extrapolates a text that is longer than what it counts", () => {
    const half = "word ".repeat(80_000);
    expect(tokenizer.count(half + half)).toBeCloseTo(2 * tokenizer.count(half), -1);
  });
});
