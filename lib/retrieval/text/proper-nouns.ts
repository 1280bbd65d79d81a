import model from "wink-eng-lite-web-model";
import winkNLP, { type WinkMethods } from "wink-nlp";
import { tagChinese } from "./chinese";

const HAN_RUN = /\p{Script=Han}+/gu;
const NAME_TAG = /^(nr|ns|nt|nz)/;
const WORD_TAGS = ["PROPN", "NOUN"];

let loaded: WinkMethods | null = null;

/** Building the pipeline takes about 0.1 s, so it waits for the first text. */
function english(): WinkMethods {
  loaded ??= winkNLP(model, ["sbd", "pos"]);
  return loaded;
}

/** Names in an English text: runs of proper nouns, with the nouns that end them ("New York City"). */
export function properNouns(text: string): string[] {
  const { readDoc, its } = english();
  const tokens = readDoc(text).tokens();
  const tags = tokens.out(its.pos);
  const spaces = tokens.out(its.precedingSpaces);
  const names: string[] = [];
  let name = "";
  tokens.each((token, at) => {
    const tag = String(tags[at]);
    const continues = name !== "" && WORD_TAGS.includes(tag) && /^\p{Lu}|^\p{N}/u.test(token.out());
    if (tag === "PROPN" || continues) {
      name = name === "" ? token.out() : `${name}${spaces[at]}${token.out()}`;
    } else {
      if (name !== "") names.push(name);
      name = "";
    }
  });
  return name === "" ? names : [...names, name];
}

/**
 * Names of people, places, organisations and works in the Chinese parts of a text. Common nouns are left
 * out: they are everywhere, and a walk over them leads anywhere.
 */
export function chineseNames(text: string): string[] {
  const words = Array.from(text.matchAll(HAN_RUN), ([run]) => tagChinese(run)).flat();
  return words.filter(({ tag, word }) => NAME_TAG.test(tag) && word.length > 1).map(({ word }) => word);
}
