import { expect, test } from "vitest";
import { chooseLocale } from "./locale";

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
