import { type MarkedText, markQuery } from "./mark-query";

/** A text with what was searched for marked. */
export function MarkedQuery({ text, query }: { text: string; query: string }) {
  return markQuery(text, query).map((part: MarkedText, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places
    part.marked ? <mark key={index}>{part.text}</mark> : part.text,
  );
}
