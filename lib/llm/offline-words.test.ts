import { describe, expect, it } from "vitest";
import { stem } from "./offline-stem";
import { chineseWords, languageOf, partsOf, writtenWords } from "./offline-words";

describe("words", () => {
  it.each([
    ["Where is `LANGFUSE_HOST` set?", ["where", "is", "langfuse_host", "set"]],
    ["The user's follow-up, v4.2 & C++", ["the", "user", "follow-up", "v4.2", "c++"]],
    ["企业版 Enterprise 版", ["enterprise"]],
  ])("of %j are as written", (text, words) => {
    expect(writtenWords(text)).toEqual(words);
  });

  it("come apart into their parts", () => {
    expect(partsOf("langfuse_host")).toEqual(["langfuse", "host"]);
    expect(partsOf("plain")).toEqual(["plain"]);
  });

  it.each([
    ["企业版的数据保留多长时间？", ["企业版", "数据", "保留", "时间"]],
    ["三种代理是什么", ["代理"]],
    ["试用期可以休年假吗", ["试用期", "休", "年假"]],
    ["婚假几天", ["婚假"]],
  ])("in %s are what the question is about", (text, words) => {
    expect(chineseWords(text)).toEqual(words);
  });

  it.each([
    [["keep", "keeps", "kept", "keeping"]],
    [["policy", "policies"]],
    [["store", "stored", "stores", "storing"]],
    [["configure", "configured", "configuring"]],
    [["run", "runs", "running", "ran"]],
    [["install", "installs", "installed", "installation"]],
  ])("have one stem in all forms: %j", (forms) => {
    expect(new Set(forms.map(stem)).size).toBe(1);
  });

  it.each(["constructor", "__proto__", "toString", "bus", "class", "401"])(
    "%j is a word like any other",
    (word) => {
      expect(typeof stem(word)).toBe("string");
    },
  );
});

describe("the language of a text", () => {
  it.each([
    ["How long is it kept?", "en"],
    ["保留多久？", "zh"],
    ["LANGFUSE_HOST 的默认值", "zh"],
    ["The term 年假 means annual leave", "en"],
    ["", "en"],
    ["¿Dónde está?", "en"],
  ])("of %j is %s", (text, language) => {
    expect(languageOf(text)).toBe(language);
  });
});
