// A reproducible corpus for the scale benchmark: Markdown documents in English and Chinese whose words follow
// Zipf's law, over knowledge bases of very different sizes, and questions made of what the passages say.
import { dict } from "@node-rs/jieba/dict.js";
import { decode, vocabularySize } from "gpt-tokenizer/encoding/cl100k_base";

/** Shares of the passages: one large knowledge base and a tail of small ones. */
const BASE_SHARES = [0.5, 0.2, 0.1, 0.08, 0.05, 0.03, 0.02, 0.02];
export const BASES = BASE_SHARES.map((_, at) => `base-${at + 1}`);

const CHINESE_SHARE = 0.3;
const SECTIONS = [4, 12];
const PARAGRAPHS = [2, 4];
const SENTENCES = [4, 8];
const WORDS = [8, 20];
const NAMES = 60_000;
/** How many of a document's sentences bring in one of its own names. */
const NAMED_SENTENCES = 0.6;

const FUNCTION_WORDS =
  "the of and to in a is for that it as was with on by be are this from at or an which not have has they its".split(
    " ",
  );
const SYLLABLES =
  "ba bren cor dal den dor el fen gar hal is kar lan lor mar nor os par rin sol tan ul ver wyn".split(" ");

/** Numbers in [0, 1), the same at each run: a linear congruential generator with Knuth's constants. */
export function createRandom(seed) {
  let state = BigInt(seed);
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffff_ffff_ffff_ffffn;
    return Number(state >> 33n) / 2 ** 31;
  };
}

/** English words by the rank of their token, which follows how common they are. */
function englishWords() {
  const words = [];
  for (let token = 0; token < vocabularySize - 300; token += 1) {
    const text = decode([token]);
    if (/^ [a-z]{4,}$/.test(text)) words.push(text.trim());
  }
  return [...FUNCTION_WORDS, ...words];
}

/** Words of the Chinese dictionary, the most common first. */
function chineseWords() {
  const lines = dict.toString("utf8").split("\n");
  const entries = lines.map((line) => line.split(" ")).filter(([word]) => /^\p{Script=Han}+$/u.test(word));
  return entries
    .sort((a, b) => Number(b[1]) - Number(a[1]))
    .map(([word]) => word)
    .slice(0, 60_000);
}

/** Picks from a list so that the item of rank r comes up about as often as 1 / r. */
function zipfian(items) {
  return (random) => items[Math.min(items.length - 1, Math.floor(items.length ** random()) - 1)];
}

function namesOf(random) {
  const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
  const part = () =>
    capital(Array.from({ length: 2 + Math.floor(random() * 2) }, () => pick(SYLLABLES, random)).join(""));
  return Array.from({ length: NAMES }, () => `${part()} ${part()}`);
}

function pick(items, random) {
  return items[Math.floor(random() * items.length)];
}

function between([least, most], random) {
  return least + Math.floor(random() * (most - least + 1));
}

/** A source of documents `{ kbPrefix, name, source }`, one after another, without end. */
export function createCorpus(seed = 1) {
  const random = createRandom(seed);
  const names = zipfian(namesOf(random));
  const languages = {
    en: { word: zipfian(englishWords()), join: " ", stop: ". " },
    zh: { word: zipfian(chineseWords()), join: "", stop: "。" },
  };
  let documents = 0;

  function sentence({ word, join, stop }, own) {
    const words = Array.from({ length: between(WORDS, random) }, () => word(random));
    if (random() < NAMED_SENTENCES) words.splice(between([1, words.length], random), 0, pick(own, random));
    const text = words.join(join);
    return text.charAt(0).toUpperCase() + text.slice(1) + stop;
  }

  const repeated = (range, make) => Array.from({ length: between(range, random) }, make);

  function section(language, own) {
    const heading = `${pick(own, random)}${language.join}${language.word(random)}`;
    const paragraphs = repeated(PARAGRAPHS, () =>
      repeated(SENTENCES, () => sentence(language, own)).join(""),
    );
    return `## ${heading}\n\n${paragraphs.join("\n\n")}`;
  }

  return {
    next() {
      const language = random() < CHINESE_SHARE ? languages.zh : languages.en;
      const own = Array.from({ length: 6 }, () => names(random));
      const title = `${own[0]}${language.join}${language.word(random)}`;
      const source = [`# ${title}`, ...repeated(SECTIONS, () => section(language, own))].join("\n\n");
      documents += 1;
      return { kbPrefix: baseAt(random()), name: `document-${documents}.md`, source, origin: "upload" };
    },
  };
}

function baseAt(share) {
  let before = 0;
  const at = BASE_SHARES.findIndex((own) => {
    before += own;
    return share < before;
  });
  return BASES[at] ?? BASES[0];
}

/** A question about a passage: some of its words, common and rare, in their order. */
export function questionAbout({ title, text }, random) {
  const isChinese = /\p{Script=Han}/u.test(text);
  const words = isChinese ? text.split(/[，。\s]+/) : text.split(/\s+/);
  const start = Math.floor(random() * Math.max(1, words.length - 12));
  if (isChinese) return `${title.slice(0, 12)}${(words[start] ?? "").slice(0, 12)}是什么？`;
  const some = words.slice(start, start + 12).filter(() => random() < 0.6);
  return `What does ${title} say about ${some.join(" ")}?`;
}
