import { expect, test } from "vitest";
import { localeSchema } from "./locale";
import { loadMessages } from "./messages";

type Tree = { [key: string]: string | Tree };

/** Every text with its path, as in `chat.empty.title`. */
function texts(tree: Tree, path = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[`${path}${key}`, value] as [string, string]]
      : texts(value, `${path}${key}.`),
  );
}
/** A value in a text, `{n}` or `{n, plural, …}`; a word in braces behind a plural's selector is text. */
const VALUE = /(?<!\b(?:zero|one|two|few|many|other|=\d+) )\{(\w+)(, plural,)?/g;

/** The names of the values that a text takes, and of those that a reader sees in it. */
function values(text: string): { taken: string[]; shown: string[] } {
  const all = [...text.matchAll(VALUE)];
  // A plural without its number is there for the form of the noun, which not every language has.
  const shown = all.filter((match) => match[2] === undefined || text.includes("#"));
  return { taken: all.map((match) => match[1] ?? ""), shown: shown.map((match) => match[1] ?? "") };
}
const others = localeSchema.options.filter((locale) => locale !== "en");

test.each(others)("every English text is there in %s, and no other", async (locale) => {
  const [english, foreign] = await Promise.all([loadMessages("en"), loadMessages(locale)]);
  const keys = (messages: Tree) =>
    texts(messages)
      .map(([key]) => key)
      .sort();
  expect(keys(foreign)).toEqual(keys(english));
});

test.each(others)("a text shows the same values in English and in %s", async (locale) => {
  const [english, foreign] = await Promise.all([loadMessages("en"), loadMessages(locale)]);
  const byKey = new Map(texts(foreign));
  for (const [key, text] of texts(english)) {
    const [original, translated] = [values(text), values(byKey.get(key) ?? "")];
    const missing = original.shown.filter((name) => !translated.taken.includes(name));
    const unknown = translated.taken.filter((name) => !original.taken.includes(name));
    expect([key, missing, unknown]).toEqual([key, [], []]);
  }
});

test.each(localeSchema.options)("no text of %s is empty", async (locale) => {
  for (const [key, text] of texts(await loadMessages(locale)))
    expect([key, text.trim()]).not.toEqual([key, ""]);
});

test("Chinese has full-width punctuation and a space beside Latin", async () => {
  for (const [key, text] of texts(await loadMessages("zh"))) {
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
