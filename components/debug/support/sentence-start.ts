const TOLD = /[\p{L}\p{N}]/u;

/** How many letters and digits of a sentence are shown, whatever marks Markdown adds. */
export function shownLength(sentence: string): number {
  const shown = sentence.replace(/\]\([^)\s]*\)/g, "]");
  return [...shown].filter((character) => TOLD.test(character)).length;
}

/** Where the last `length` letters and digits of a text begin, in UTF-16; 0 when it has fewer. */
export function sentenceStart(text: string, length: number): number {
  const characters = [...text];
  let left = length;
  let offset = text.length;
  for (let index = characters.length - 1; index >= 0 && left > 0; index -= 1) {
    const character = characters[index] ?? "";
    offset -= character.length;
    if (TOLD.test(character)) left -= 1;
  }
  return left > 0 ? 0 : offset;
}
