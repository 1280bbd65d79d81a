import { expect, test } from "vitest";
import { toLanguage } from "./language-name";

test("a language is called what it calls itself, and by its tag where that is too long", () => {
  expect(toLanguage("zh")).toMatchObject({ short: "中文", full: "中文" });
  expect(toLanguage("ja")).toMatchObject({ short: "日本語", full: "日本語" });
  expect(toLanguage("en")).toMatchObject({ short: "EN", full: "English" });
  expect(toLanguage("pt-BR")).toMatchObject({ short: "PT-BR", full: "português (Brasil)" });
});
