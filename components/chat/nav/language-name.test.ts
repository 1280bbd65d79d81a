import { expect, test } from "vitest";
import { languageName } from "./language-name";

test("a language is called what it calls itself, and by its tag where that is too long", () => {
  expect(languageName("zh")).toEqual({ short: "中文", full: "中文" });
  expect(languageName("ja")).toEqual({ short: "日本語", full: "日本語" });
  expect(languageName("en")).toEqual({ short: "EN", full: "English" });
  expect(languageName("pt-BR")).toEqual({ short: "PT-BR", full: "português (Brasil)" });
});
