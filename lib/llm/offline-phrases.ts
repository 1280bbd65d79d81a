type Language = "en" | "zh";

interface Phrases {
  greeting: string;
  thanks: string;
  goodbye: string;
  about: string;
  noQuestion: string;
  /** Nothing fits; `titles` are the nearest documents, possibly none. */
  notFound(titles: readonly string[]): string;
  /** Leads over to a list or a table that has no sentence before it. */
  underHeading(heading: string): string;
  /** Leads over to facts from further places. */
  further: string;
  colon: string;
  semicolon: string;
}

/** Everything that the offline model says in its own words. */
export const PHRASES: Readonly<Record<Language, Phrases>> = {
  en: {
    greeting: "Hello! Ask me something about the documents, and I will quote the passages that answer it.",
    thanks: "You're welcome. Ask on whenever you like.",
    goodbye: "Goodbye!",
    about:
      "I am the built-in offline model. I do not write text of my own: I answer questions by quoting the passages of the documents that fit best, and every quote has a number that leads to its source. Without a key and without a network.\n\nFor freely written answers, an OpenAI-compatible model can be connected with `OPENAI_API_KEY` or `OPENAI_BASE_URL`.",
    noQuestion: "There is no question in this message. Ask me something about the documents.",
    notFound: (titles) =>
      [
        "I found nothing about this in the documents.",
        titles.length > 0
          ? ` The nearest ${titles.length === 1 ? "one is" : "ones are"} ${quoteAll(titles, "en")}.`
          : "",
        "\n\nTry other words, such as the documents may use, or choose another knowledge base.",
      ].join(""),
    underHeading: (heading) => `On “${heading}”:`,
    further: "Also in the documents:",
    colon: ": ",
    semicolon: "; ",
  },
  zh: {
    greeting: "你好！请就文档内容提问，我会引用能够回答问题的段落。",
    thanks: "不客气，有问题随时问。",
    goodbye: "再见！",
    about:
      "我是内置的离线模型。我不自己写文字，而是从文档中引用最能回答问题的段落，每处引用都带有指向来源的编号；不需要密钥，也不需要联网。\n\n如果想要自由撰写的回答，可以通过 `OPENAI_API_KEY` 或 `OPENAI_BASE_URL` 接入兼容 OpenAI 的模型。",
    noQuestion: "这条消息里没有问题。请就文档内容提问。",
    notFound: (titles) =>
      [
        "文档中没有找到与此相关的内容。",
        titles.length > 0 ? `最接近的文档是${quoteAll(titles, "zh")}。` : "",
        "\n\n可以换一种说法，例如用文档里的词，或者选择其他知识库。",
      ].join(""),
    underHeading: (heading) => `关于“${heading}”：`,
    further: "文档中还提到：",
    colon: "：",
    semicolon: "；",
  },
};

function quoteAll(titles: readonly string[], language: Language): string {
  if (language === "zh") return titles.map((title) => `《${title}》`).join("、");
  const quoted = titles.map((title) => `“${title}”`);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
}
