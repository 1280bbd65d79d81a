import { fold } from "./fold";

const RUNS = /\p{Script=Han}+|[\p{L}\p{M}]+|\p{N}+/gu;
const HAN = /^\p{Script=Han}/u;

/**
 * Overlapping pieces of the words of a text: three letters (word ends marked with `#`), or two Han
 * characters. A word with a typing error still shares most of its pieces with the right one.
 */
export function characterGrams(text: string): string[] {
  const grams: string[] = [];
  for (const [run] of fold(text).matchAll(RUNS)) {
    if (HAN.test(run)) grams.push(...windows(Array.from(run), 2));
    else grams.push(...windows(Array.from(`#${run.toLowerCase()}#`), 3));
  }
  return grams;
}

function windows(characters: readonly string[], size: number): string[] {
  if (characters.length <= size) return [characters.join("")];
  return Array.from({ length: characters.length - size + 1 }, (_, at) =>
    characters.slice(at, at + size).join(""),
  );
}
