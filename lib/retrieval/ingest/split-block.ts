import type { Nodes } from "mdast";
import { sentenceStarts } from "@/lib/retrieval/text/sentences";

/** A stretch of the document, UTF-16 offsets. */
export interface Stretch {
  start: number;
  end: number;
  /** Where its last sentence begins, when it is prose: the next chunk may repeat from there. */
  lastSentence: number | null;
}

/** Tells whether a stretch of the source fits into one chunk. */
export type Fits = (start: number, end: number) => boolean;

const WHOLE = ["code", "tableRow", "html", "math"];

/** A block as one stretch, covering the source from `start`; whether it fits or not. */
export function toStretch(source: string, start: number, node: Nodes): Stretch {
  const end = node.position?.end.offset ?? start;
  const lastSentence = isProse(node) ? start + (sentenceStarts(source.slice(start, end)).at(-1) ?? 0) : null;
  return { start, end, lastSentence };
}

/**
 * Splits a block that is too large along its structure: lists into items, items and quotes into their
 * blocks, tables into rows, prose into sentences. Code blocks and rows stay whole. The stretches follow each
 * other without a gap.
 */
export function splitBlock(source: string, node: Nodes, start: number, fits: Fits): Stretch[] {
  const stretch = toStretch(source, start, node);
  if (WHOLE.includes(node.type) || fits(stretch.start, stretch.end)) return [stretch];
  if (isProse(node) || !("children" in node) || node.children.length === 0) {
    return splitProse(source, stretch, fits);
  }
  const parts: Stretch[] = [];
  for (const child of node.children) {
    parts.push(...splitBlock(source, child, parts.at(-1)?.end ?? start, fits));
  }
  const last = parts.at(-1);
  if (last) last.end = stretch.end;
  return parts;
}

function splitProse(source: string, { start, end }: Stretch, fits: Fits): Stretch[] {
  const starts = sentenceStarts(source.slice(start, end)).map((offset) => start + offset);
  return starts.flatMap((from, at) => splitWords(source, from, starts[at + 1] ?? end, fits));
}

/** Halves a sentence that is too long, at white space where there is some, until the parts fit. */
function splitWords(source: string, start: number, end: number, fits: Fits): Stretch[] {
  const middle = cutNear(source, start, end);
  if (fits(start, end) || middle === null) return [{ start, end, lastSentence: start }];
  return [...splitWords(source, start, middle, fits), ...splitWords(source, middle, end, fits)];
}

/** A place to cut near the middle of a stretch, never inside a surrogate pair; null when there is none. */
function cutNear(source: string, start: number, end: number): number | null {
  const middle = start + Math.ceil((end - start) / 2);
  const space = source.slice(middle, end).search(/\s/);
  const cut = space > 0 && middle + space + 1 < end ? middle + space + 1 : middle;
  const isLowSurrogate = /[\udc00-\udfff]/.test(source.charAt(cut));
  const safe = isLowSurrogate ? cut + 1 : cut;
  return safe > start && safe < end ? safe : null;
}

function isProse(node: Nodes): boolean {
  return node.type === "paragraph" || node.type === "heading";
}
