import type { Heading, ListItem, RootContent } from "mdast";
import { findShortLines } from "./pdf-columns";
import { mostCommon, type TextLine } from "./pdf-lines";

/** Stands in the text where a page begins; a noncharacter, which no text holds. */
export const PAGE_MARK = "\ufdd0";

const MAX_HEADING_CHARACTERS = 150;
const MAX_DEPTH = 4;
const BULLET = /^[•●▪■◦‣○·–]\s*(?=\S)/;
const ENDED = /[.!?:;。！？：；…"”」』)）]$/;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。、；：？！（）《》「」“”]/u;

interface OpenBlock {
  kind: "heading" | "text" | "item";
  depth: number;
  text: string;
  last: TextLine;
}

/**
 * Lines as headings, paragraphs and list items. A heading is set larger than most of the document; the
 * largest size is depth 1. A paragraph goes on while its lines follow closely, also on the next page; the
 * end of a line that was ended on purpose is kept.
 */
export function toBlocks(pages: readonly TextLine[][]): RootContent[] {
  const lines = pages.flat();
  const body = mostCommon(
    lines,
    ({ size }) => size,
    ({ text }) => text.length,
  );
  const depthOf = headingDepths(lines, body);
  const isShort = findShortLines(pages);
  const open: OpenBlock[] = [];
  for (const page of pages) {
    for (const [at, line] of page.entries()) {
      const mark = at === 0 ? PAGE_MARK : "";
      const block = open.at(-1);
      const depth = depthOf(line);
      if (block && goesOn(block, line, depth)) extend(block, line, mark, isShort(block.last));
      else open.push(begin(line, depth, mark));
    }
  }
  return open.reduce(append, []);
}

function headingDepths(lines: readonly TextLine[], body: number): (line: TextLine) => number {
  const isLarge = ({ size, text }: TextLine) => size >= body * 1.12 && text.length <= MAX_HEADING_CHARACTERS;
  const sizes = [...new Set(lines.filter(isLarge).map(({ size }) => size))].sort((a, b) => b - a);
  return (line) => {
    const hasWord = /\p{L}{2}|\p{Script=Han}/u.test(line.text);
    return isLarge(line) && hasWord ? Math.min(sizes.indexOf(line.size) + 1, MAX_DEPTH) : 0;
  };
}

function goesOn({ kind, depth: openDepth, last, text }: OpenBlock, line: TextLine, depth: number): boolean {
  if (depth !== openDepth || (BULLET.test(line.text) && kind !== "heading")) return false;
  if (line.page !== last.page)
    return kind !== "heading" && !ENDED.test(text) && Math.abs(line.size - last.size) < 1;
  const gap = last.y - line.y;
  const isClose = gap > -line.size * 0.5 && gap < Math.max(line.size, last.size) * 1.8;
  return isClose && !(kind === "heading" && text.length > MAX_HEADING_CHARACTERS);
}

function begin(line: TextLine, depth: number, mark: string): OpenBlock {
  if (depth > 0) return { kind: "heading", depth, text: mark + line.text, last: line };
  const kind = BULLET.test(line.text) ? "item" : "text";
  return { kind, depth, text: mark + line.text.replace(BULLET, ""), last: line };
}

/** A word that was parted at the line's end is joined; Chinese and Japanese have no space between lines. */
function extend(block: OpenBlock, line: TextLine, mark: string, isEnded: boolean): void {
  const isParted = /\p{Ll}[-\u00ad\u2010]$/u.test(block.text) && /^\p{Ll}/u.test(line.text);
  const isCjk = CJK.test(block.text.slice(-1)) && CJK.test(line.text.slice(0, 1));
  const before = isParted ? block.text.slice(0, -1) : block.text;
  const between = isEnded && block.kind === "text" ? "\n" : isCjk ? "" : " ";
  block.text = `${before}${isParted ? "" : between}${mark}${line.text}`;
  block.last = line;
}

function append(blocks: RootContent[], { kind, depth, text }: OpenBlock): RootContent[] {
  const last = blocks.at(-1);
  if (kind === "heading") blocks.push(toHeading(depth, text));
  else if (kind === "text") blocks.push({ type: "paragraph", children: [{ type: "text", value: text }] });
  else if (last?.type === "list") last.children.push(toItem(text));
  else blocks.push({ type: "list", ordered: false, spread: false, children: [toItem(text)] });
  return blocks;
}

function toHeading(depth: number, value: string): Heading {
  const depths: readonly Heading["depth"][] = [1, 2, 3, 4];
  return { type: "heading", depth: depths[depth - 1] ?? 4, children: [{ type: "text", value }] };
}

function toItem(value: string): ListItem {
  return {
    type: "listItem",
    spread: false,
    children: [{ type: "paragraph", children: [{ type: "text", value }] }],
  };
}
