import { expect, test } from "vitest";
import { foreignLanguage } from "./foreign-language";

test("a text in the letters of the page has the page's language", () => {
  expect(foreignLanguage("Debug data is kept for an hour.", "en")).toBeUndefined();
  expect(foreignLanguage("调试数据保存一小时。", "zh")).toBeUndefined();
  expect(foreignLanguage("Les données sont gardées une heure.", "fr")).toBeUndefined();
  expect(foreignLanguage("調査データ", "ja")).toBeUndefined();
});

test("a text in other letters is marked as Chinese or English", () => {
  expect(foreignLanguage("调试数据保存一小时。", "en")).toBe("zh-CN");
  expect(foreignLanguage("调试数据保存一小时。", "fr")).toBe("zh-CN");
  expect(foreignLanguage("Debug data is kept for an hour.", "zh")).toBe("en");
});

test("the letters that weigh most decide, and a text without any is nobody's", () => {
  expect(foreignLanguage("Langfuse 中的调试数据", "en")).toBe("zh-CN");
  expect(foreignLanguage("the word 年假 in an English sentence", "en")).toBeUndefined();
  expect(foreignLanguage("404 → 12", "zh")).toBeUndefined();
});
