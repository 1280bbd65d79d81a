/** What is parsed at once, in characters: a parsed Markdown document takes several hundred times its size. */
const PART = 256 * 1024;
/**
 * A stretch without a break is data, not prose; it is cut at a line's end after this many characters, even in
 * a table or a code block: no prompt has room for so much of it.
 */
const LONGEST = 2 * PART;

const LINE = /[^\n]*(?:\n|$)/y;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^#{1,6}[ \t]/;
const ITEM = /^(?:[-*+]|\d{1,9}[.)])[ \t]/;

/**
 * Where each part of a long Markdown document ends: before a heading where there is one in its last half, else
 * behind a blank line, else before an item of a list; never inside a fenced code block that is shorter than the longest part.
 */
export function splitSource(source: string, from: number, part = PART, longest = LONGEST): number[] {
  const ends: number[] = [];
  let start = from;
  let fence: string | null = null;
  let blank: number | null = null;
  let heading: number | null = null;
  let item: number | null = null;
  let isBehindBlank = true;
  const close = (end: number) => {
    ends.push(end);
    start = end;
    blank = null;
    heading = null;
    item = null;
  };
  for (let at = from; at < source.length; ) {
    if (source.length - start <= part) break;
    LINE.lastIndex = at;
    const line = LINE.exec(source)?.[0] ?? "";
    const isBlank = line.trim() === "";
    if (fence === null && isBehindBlank && at > start + part / 2 && HEADING.test(line)) heading = at;
    if (fence === null && at > start + part / 2 && ITEM.test(line)) item = at;
    fence = nextFence(line, fence);
    at += line.length;
    if (fence === null && isBlank) blank = at;
    isBehindBlank = isBlank;
    if (at - start < part) continue;
    const end = heading ?? blank ?? item ?? (at - start >= longest ? at : null);
    if (end !== null && end > start) close(end);
  }
  return [...ends, source.length];
}

function nextFence(line: string, open: string | null): string | null {
  const mark = FENCE.exec(line)?.[1];
  if (!mark) return open;
  if (open === null) return mark;
  const closes = mark[0] === open[0] && mark.length >= open.length && line.trim() === mark;
  return closes ? null : open;
}
