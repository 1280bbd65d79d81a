import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { characterGrams } from "./character-grams";
import { contentTerms, queryGrams, queryTerms } from "./query-terms";
import { segment } from "./segment";

describe("segment", () => {
  test("finds a word in each of its inflections", () => {
    const [citation] = segment("citation");
    expect(segment("Citations, CITATION’s")).toEqual([citation, citation]);
  });

  test("keeps an identifier whole and in parts", () => {
    expect(segment("`request_id`")).toEqual(["request_id", "request", "id"]);
    expect(segment("LANGFUSE_HOST=x")).toContain("host");
    expect(segment("set LANGFUSE_HOST.")).toContain("langfuse_host");
    expect(segment("naive_rag_agent")).toEqual(["naive_rag_agent", "naiv", "rag", "agent"]);
    expect(segment("completeJson")).toEqual(["completejson", "complet", "json"]);
  });

  test("keeps keyboard shortcuts and languages apart from the punctuation of a sentence", () => {
    expect(segment("Press `Ctrl+.` now.")).toContain("ctrl+.");
    expect(segment("Press Ctrl+K.")).toContain("ctrl+k");
    expect(segment("C++, C# and C")).toEqual(["c++", "c", "c#", "c", "and", "c"]);
  });

  test("reads numbers with and without their commas alike", () => {
    expect(segment("8,000")).toEqual(segment("8000"));
  });

  test("cuts Chinese into words, also in the middle of Latin ones", () => {
    expect(segment("打开Langfuse知识库")).toEqual(expect.arrayContaining(["打开", "langfus", "知识库"]));
  });

  test("takes accents and full-width letters as plain ones", () => {
    expect(segment("Beyoncé ＲＥＤＩＳ")).toEqual(segment("Beyonce redis"));
  });

  test("never makes an empty term or one with white space, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const term of [...segment(text), ...characterGrams(text)]) expect(term).toMatch(/^\S+$/u);
      }),
    );
  });
});

describe("queryTerms", () => {
  test("leaves out the words that only ask, in both languages", () => {
    expect(contentTerms("How do I open the sidebar?")).toEqual(["open", "sidebar"]);
    expect(contentTerms("请问如何打开侧边栏？")).not.toContain("如何");
    expect(contentTerms("Hello, how are you? Thanks!")).toEqual([]);
    expect(contentTerms("你好，谢谢")).toEqual([]);
  });

  test("searches for the words of a question that has nothing but stop words", () => {
    expect(queryTerms("who are you?", []).map(({ term }) => term)).toEqual(["who", "are", "you"]);
  });

  test("counts earlier turns less the older they are, and the question's own words fully", () => {
    const terms = queryTerms("And its colour?", ["Tell me about the bridge", "And the lamp colour?"]);
    const weight = Object.fromEntries(terms.map((one) => [one.term, one.weight]));
    expect(weight.colour).toBe(1);
    expect(weight.lamp).toBeLessThan(1);
    expect(weight.bridg).toBeLessThan(weight.lamp ?? 0);
  });

  test("a misspelt word shares most of its grams with the right one", () => {
    const right = new Set(queryGrams("firmware", []).map(({ term }) => term));
    const typo = queryGrams("firmwares", []).map(({ term }) => term);
    expect(typo.filter((gram) => right.has(gram)).length / typo.length).toBeGreaterThan(0.5);
  });
});
