/** A text and the beginning of it that is shown first. */
export interface ClippedText {
  text: string;
  tokens: number;
  /** The whole text when it is short. */
  head: string;
  /** Tokens of the rest, estimated by its share of the characters; 0 when nothing is left out. */
  hiddenTokens: number;
}

/** Cuts a text after about `most` characters, at the end of a word where there are words. */
export function clipText(text: string, tokens: number, most: number): ClippedText {
  // A rest shorter than the note about it is not worth hiding.
  if (text.length <= most * 1.25) return { text, tokens, head: text, hiddenTokens: 0 };
  const head = endAtWord(text.slice(0, most));
  const hiddenTokens = Math.max(1, Math.round(tokens * (1 - head.length / text.length)));
  return { text, tokens, head, hiddenTokens };
}

function endAtWord(text: string): string {
  const gap = text.search(/\s\S*$/u);
  const cut = gap > text.length * 0.7 ? text.slice(0, gap) : text;
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
