import type { ReactNode } from "react";

/** A text with every place marked where a search finds its words, whatever their case. */
export function MarkedMatch({ text, query }: { text: string; query: string }): ReactNode {
  const sought = query.trim().toLowerCase();
  if (sought === "") return text;
  const pieces: ReactNode[] = [];
  let from = 0;
  const folded = text.toLowerCase();
  // A few letters change their length with their case; then the places would not be true.
  if (folded.length !== text.length) return text;
  for (let at = folded.indexOf(sought); at >= 0; at = folded.indexOf(sought, from)) {
    pieces.push(text.slice(from, at), <mark key={at}>{text.slice(at, at + sought.length)}</mark>);
    from = at + sought.length;
  }
  return [...pieces, text.slice(from)];
}
