import type { MarkedText } from "@/lib/run-view/mark-terms";

export type { MarkedText } from "@/lib/run-view/mark-terms";

/** Cuts a text at each occurrence of a query, in any case, as the search of conversations finds it. */
export function markQuery(text: string, query: string): MarkedText[] {
  const wanted = query.trim().replace(/\s+/g, " ").toLowerCase();
  const folded = text.toLowerCase();
  // Folding may change a text's length; then places in it say nothing about the original.
  if (wanted === "" || folded.length !== text.length) return [{ text, marked: false }];
  const parts: MarkedText[] = [];
  let from = 0;
  for (let at = folded.indexOf(wanted); at !== -1; at = folded.indexOf(wanted, from)) {
    if (at > from) parts.push({ text: text.slice(from, at), marked: false });
    parts.push({ text: text.slice(at, at + wanted.length), marked: true });
    from = at + wanted.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), marked: false });
  return parts;
}
