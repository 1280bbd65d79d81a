import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { chooseLocale, LOCALES } from "./choose-locale";
import { toDateTag, toLanguageTag } from "./locale";

test("every file of messages is a language, the default one first", () => {
  const names = readdirSync("messages").map((file) => file.replace(".json", ""));
  expect([...LOCALES].sort()).toEqual(names.sort());
  expect(LOCALES[0]).toBe("en");
});

test("what a person chose wins over what the browser asks for", () => {
  expect(chooseLocale("en", "zh-CN")).toBe("en");
  expect(chooseLocale("zh", null)).toBe("zh");
});

test("without a choice the browser's best supported language is taken", () => {
  expect(chooseLocale(undefined, "zh-TW,zh;q=0.9,en;q=0.8")).toBe("zh");
  expect(chooseLocale(undefined, "fr,en;q=0.3,zh;q=0.7")).toBe("zh");
  expect(chooseLocale(undefined, "zh;q=0, en-GB")).toBe("en");
});

test("an unknown language, cookie or header is English", () => {
  expect(chooseLocale("xx", "fr")).toBe("en");
  expect(chooseLocale(undefined, null)).toBe("en");
  expect(chooseLocale(undefined, ";q=nonsense,,*")).toBe("en");
});

test("a language is chosen by its very tag, else by what it has in common with another region's", () => {
  const known = ["en", "pt-BR", "zh"];
  expect(chooseLocale("pt-BR", null, known)).toBe("pt-BR");
  expect(chooseLocale(undefined, "pt-PT,en;q=0.5", known)).toBe("pt-BR");
  expect(chooseLocale(undefined, "zh-TW", ["en", "zh", "zh-TW"])).toBe("zh-TW");
});

test("a tag has the region that its letters are drawn by, and English dates have the day first", () => {
  expect(["en", "zh", "zh-TW", "fr", "pt-BR"].map(toLanguageTag)).toEqual([
    "en",
    "zh-CN",
    "zh-TW",
    "fr-FR",
    "pt-BR",
  ]);
  expect(toDateTag("en")).toBe("en-GB");
  expect(toDateTag("zh")).toBe("zh-CN");
});
