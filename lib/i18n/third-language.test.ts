import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import english from "@/messages/en.json";

const copy = mkdtempSync(join(tmpdir(), "sidetrace-i18n-"));
afterAll(() => rmSync(copy, { recursive: true }));

test("a third language is one more file of messages", async () => {
  cpSync("lib/i18n", join(copy, "lib/i18n"), { recursive: true });
  cpSync("messages", join(copy, "messages"), { recursive: true });
  const texts = { ...english, common: { ...english.common, skip: "Aller à la conversation" } };
  writeFileSync(join(copy, "messages/fr.json"), JSON.stringify(texts));

  const { chooseLocale, LOCALES }: typeof import("./choose-locale") = await import(
    join(copy, "lib/i18n/choose-locale.ts")
  );
  const { loadPageMessages }: typeof import("./messages") = await import(join(copy, "lib/i18n/messages.ts"));
  expect(LOCALES).toEqual(["en", "fr", "zh"]);
  expect(chooseLocale(undefined, "fr-CA,fr;q=0.9,en;q=0.8")).toBe("fr");
  expect((await loadPageMessages("fr")).common.skip).toBe("Aller à la conversation");
});

test("no page or component names a language", () => {
  const files = globSync(["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}"]).filter(
    (file) => !/\.(test|fixture)\.tsx?$|foreign-language\.ts$/.test(file),
  );
  expect(files.length).toBeGreaterThan(200);
  const naming = files.filter((file) => /["'](en|zh)(-\w+)?["']/.test(readFileSync(file, "utf8")));
  expect(naming).toEqual([]);
});
