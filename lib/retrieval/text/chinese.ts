import { Jieba, type TaggedWord } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";

let loaded: Jieba | null = null;

/** The dictionary takes about 0.2 s to load, so it waits for the first Chinese text. */
function jieba(): Jieba {
  loaded ??= Jieba.withDict(dict);
  return loaded;
}

/** Words of a run of Han characters, long words together with the shorter ones inside them. */
export function cutChinese(text: string): string[] {
  return jieba().cutForSearch(text, true);
}

/** Words of a run of Han characters with their part of speech; nouns have tags that begin with `n`. */
export function tagChinese(text: string): TaggedWord[] {
  return jieba().tag(text, true);
}
