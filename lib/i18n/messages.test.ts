import { expect, test } from "vitest";
import { LOCALES } from "./choose-locale";
import { loadMessages, loadMessagesWith, loadPageMessages } from "./messages";
import { textsOf } from "./texts-of.fixture";

/** A value in a text, `{n}` or `{n, plural, …}`; a word in braces behind a plural's selector is text. */
const VALUE = /(?<!\b(?:zero|one|two|few|many|other|=\d+) )\{(\w+)(?=[,}])(, plural,)?/g;
/** Names, formats and units that are the same in every language. */
const SAME =
  /^(?:Sidetrace|Langfuse|Redis|Span|Token|top_k|tok\/s|Markdown|MDX|HTML|PDF|Word|CSV|JSON|[^\p{L}]*)$/u;

/** The names of the values that a text takes, and of those that a reader sees in it. */
function values(text: string): { taken: string[]; shown: string[] } {
  const all = [...text.matchAll(VALUE)];
  // A plural without its number is there for the form of the noun, which not every language has.
  const shown = all.filter((match) => match[2] === undefined || text.includes("#"));
  return { taken: all.map((match) => match[1] ?? ""), shown: shown.map((match) => match[1] ?? "") };
}
/** What is left to translate of a text without its values. */
function words(text: string): string {
  return text.replace(/\{\w+(?:, number)?\}/g, "").trim();
}
const others = LOCALES.filter((locale) => locale !== "en");

test.each(others)("every English text is there in %s, and no other", async (locale) => {
  const [english, foreign] = await Promise.all([loadMessages("en"), loadMessages(locale)]);
  const keys = (messages: typeof english) =>
    textsOf(messages)
      .map(([key]) => key)
      .sort();
  expect(keys(foreign)).toEqual(keys(english));
});

test.each(others)("a text shows the same values in English and in %s", async (locale) => {
  const [english, foreign] = await Promise.all([loadMessages("en"), loadMessages(locale)]);
  const byKey = new Map(textsOf(foreign));
  for (const [key, text] of textsOf(english)) {
    const [original, translated] = [values(text), values(byKey.get(key) ?? "")];
    // The server's own sentence is English; another language may say it in its words.
    const missing = original.shown.filter((name) => name !== "sentence" && !translated.taken.includes(name));
    const unknown = translated.taken.filter((name) => !original.taken.includes(name));
    expect([key, missing, unknown]).toEqual([key, [], []]);
  }
});

test.each(others)("no text of %s is left in English", async (locale) => {
  const english = new Map(textsOf(await loadMessages("en")));
  const untranslated = textsOf(await loadMessages(locale)).filter(
    ([key, text]) => text === english.get(key) && !SAME.test(words(text)),
  );
  expect(untranslated).toEqual([]);
});

test.each(LOCALES)("no text of %s is empty", async (locale) => {
  for (const [key, text] of textsOf(await loadMessages(locale)))
    expect([key, text.trim()]).not.toEqual([key, ""]);
});

test("who has no role is sent neither the debug panel's texts nor the administration's", async () => {
  const page = Object.keys(await loadPageMessages("en"));
  for (const part of ["debug", "knowledge", "insights", "settings"] as const) {
    expect(page).not.toContain(part);
    expect(Object.keys(await loadMessagesWith("en", part))).toEqual([...page, part]);
  }
});

test("Chinese has full-width punctuation and a space beside Latin", async () => {
  for (const [key, text] of textsOf(await loadMessages("zh"))) {
    const plain = text.replace(/\{\w+, plural.*\}/g, "").replace(/\{\w+\}/g, "");
    expect([key, plain]).not.toEqual([
      key,
      expect.stringMatching(/\p{Script=Han}[,:?!()]|[,?!()]\p{Script=Han}/u),
    ]);
    expect([key, plain]).not.toEqual([
      key,
      expect.stringMatching(/\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u),
    ]);
  }
});
