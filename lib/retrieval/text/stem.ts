import model from "wink-eng-lite-web-model";

/** Words repeat a lot; beyond this many different ones the cache starts anew. */
const CACHED_STEMS = 50_000;
const cache = new Map<string, string>();

/** The stem of a lower-case English word by Porter's second algorithm: "citations" → "citat". */
export function stem(word: string): string {
  const known = cache.get(word);
  if (known !== undefined) return known;
  if (cache.size >= CACHED_STEMS) cache.clear();
  const stemmed = porterStemmer(word);
  cache.set(word, stemmed);
  return stemmed;
}

const porterStemmer = toStemmer(model.addons.stem);

/** The language model declares its add-ons as unknown. */
function toStemmer(addon: unknown): (word: string) => string {
  if (typeof addon !== "function") throw new TypeError("The English language model has no stemmer.");
  return (word) => String(addon(word));
}
