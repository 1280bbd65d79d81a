/** An `@` that is being written, with what follows it up to the caret. */
export interface Mention {
  /** Where the `@` stands. */
  start: number;
  query: string;
}

const OPEN = /(?:^|\s)@([\p{L}\p{N}_-]*)$/u;

/** The mention at the caret; null where there is none. An address like `a@b` is none. */
export function findMention(text: string, caret: number): Mention | null {
  const found = OPEN.exec(text.slice(0, caret));
  return found ? { start: caret - (found[1]?.length ?? 0) - 1, query: found[1] ?? "" } : null;
}

/** The text without the mention; it is a command and no part of the question. */
export function withoutMention(text: string, { start, query }: Mention): string {
  return text.slice(0, start) + text.slice(start + 1 + query.length).replace(/^ /, "");
}
