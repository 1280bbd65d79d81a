import { stem } from "./offline-stem";

/** Words that say how something is asked, not what about. */
const STOP_WORDS = new Set(
  `a about above after again all also am an and any are as at be because been before being between both but by can
  cannot could did do does doing done down each either else ever every few for from further had has have having he
  her here hers him his how i if in into is isn it its itself just let like lot may me might more most much must my
  no nor not now of off on once one only or other our ours out over own please same shall she should so some such
  than that the their them then there these they this those through to too under until up us very was we were what
  when where whether which while who whom whose why will with would you your yours kindly tell explain describe
  know s t re ve ll d m don doesn didn won isn aren wasn ok okay hi hello hey thanks anyone someone something
  anything`.split(/\s+/),
);

/** Words that nearly every question could hold; they count for little. */
const GENERIC_WORDS = new Set(
  `use work get make set happen mean give take need want show find look see go put way thing kind many long often
  different possible able allow come start stop new good best right detail example information question answer
  list overview summarize summary difference there's happens name call exactly really usually pay cost say apply handle deal file submit`
    .split(/\s+/)
    .map(stem),
);

const CHINESE_STOP_WORDS = new Set(
  `的 了 吗 呢 吧 啊 呀 是 在 有 和 与 或 及 我 你 您 他 她 它 我们 你们 他们 它们 咱们 自己 这 那 这个 那个 这些 那些 这里 那里
  哪 哪个 哪些 哪里 哪儿 哪种 什么 啥 怎么 怎样 怎么样 怎么办 如何 为什么 为何 多少 多久 多长 多大 多 几 谁 请 请问 一下 一个 一些 一
  可以 能 能否 可否 能不能 可不可以 是否 是不是 有没有 会 会不会 要 要不要 应该 该 想 知道 告诉 关于 就 都 也 还 还有 把 被 给 对 对于 从
  到 用 里 里面 上 下 中 内 外 时 时候 以 为 于 而 但 但是 并 并且 则 又 再 很 最 更 只 才 每 某 各 其 之 所 得 地 着 过 去 来 那么
  如果 的话 以及 另外 然后 呗 嘛 个 不 没 没有 介绍 说明 解释 说 讲 长 让 由 跟 比 当 放 交 算 一年 每年`.split(
    /\s+/,
  ),
);

const CHINESE_GENERIC_WORDS = new Set(
  "需要 使用 进行 时间 情况 东西 办法 方法 方式 问题 内容 信息 具体 详细 主要 一般 通常 发生 区别 规定 要求 支持 默认 天 年 月 次 种 办 做 看 找 叫".split(
    " ",
  ),
);

/** 几天, 多长时间, 三种: the question's, not the document's. */
const ASKED_AMOUNT = /^[几多]|^[一二两三四五六七八九十每]+[种个类项条]$/;
const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}_'’./:@#+-]*[\p{L}\p{N}_+#])?/gu;
const CHINESE = /\p{Script=Han}/u;
const CHINESE_RUN = /\p{Script=Han}+/gu;
const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

/** True for text with a Chinese character in it. */
export function hasChinese(text: string): boolean {
  return CHINESE.test(text);
}

/** The language to answer in. A few product names in a Chinese sentence do not make it English. */
export function languageOf(text: string): "en" | "zh" {
  const chinese = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latinWords = text.match(/[\p{Script=Latin}\p{N}_./-]+/gu)?.length ?? 0;
  return chinese > 0 && chinese * 2 >= latinWords ? "zh" : "en";
}

/** Words without Chinese in them, lower-cased, as written: `LANGFUSE_HOST` is one, and so is `follow-up`. */
export function writtenWords(text: string): string[] {
  const words: string[] = [];
  for (const run of text.replace(CHINESE_RUN, " ").matchAll(WORD)) {
    words.push(run[0].toLowerCase().replaceAll("’", "'").replace(/'s$/, ""));
  }
  return words;
}

/** What a written word is made of: `langfuse_host` of langfuse and host; a plain word of itself. */
export function partsOf(word: string): string[] {
  return word.split(/[^\p{L}\p{N}+#]+/u).filter(Boolean);
}

/** Chinese words of a text; a single character goes to the short word before it, as in 试用 + 期. */
export function chineseWords(text: string): string[] {
  const words: string[] = [];
  for (const [run] of text.matchAll(CHINESE_RUN)) {
    let previous = "";
    for (const { segment } of segmenter.segment(run)) {
      const joins = segment.length === 1 && (previous.length === 1 || previous.length === 2);
      const word = joins ? previous + segment : segment;
      const isStop = CHINESE_STOP_WORDS.has(segment) || ASKED_AMOUNT.test(word);
      if (joins && (!isStop || ASKED_AMOUNT.test(word))) words.pop();
      if (!isStop) words.push(word);
      previous = isStop ? "" : word;
    }
  }
  return words;
}

export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

export function isGeneric(word: string): boolean {
  return GENERIC_WORDS.has(word) || CHINESE_GENERIC_WORDS.has(word);
}
