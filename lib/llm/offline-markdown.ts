import { splitSentences } from "./offline-sentences";

interface ListItem {
  /** As written, null in a list without numbers. */
  number: number | null;
  text: string;
  /** Fenced code that belongs to the item, as written. */
  code: string[];
}

/** A piece of a document that is quoted as a whole or in its smallest parts, never cut inside one. */
export type Block =
  | { kind: "heading"; text: string }
  | { kind: "prose"; sentences: string[] }
  | { kind: "list"; items: ListItem[] }
  | { kind: "table"; header: string[]; rows: string[][] }
  /** The fence and what is in it. */
  | { kind: "code"; code: string };

const FENCE = /^(\s*)(`{3,}|~{3,})(.*)$/;
const ITEM = /^(\s*)(?:([-*+])|(\d{1,3})[.)、])\s*(?=\S)(.*)$/;
const HEADING = /^#{1,6}\s+(\S.*)$/;
const TABLE_RULE = /^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$/;
/** Lines that are layout of a documentation tool, not text. */
const LAYOUT_LINE =
  /^(?::::.*|!!!.*|\[!\w+\]|<\/?[A-Z][^>]*>|(?:import|export) .* from .*|[-*_]{3,}|<!--.*-->)$/;

/** Reads Markdown well enough to quote from it; what it does not know becomes prose. */
export function parseMarkdown(text: string): Block[] {
  const lines = text.replace(/<!--[\s\S]{0,2000}?-->/g, "").split(/\r\n|\r|\n/);
  const reader: Reader = { lines, at: 0, blocks: [], paragraph: [] };
  while (reader.at < lines.length) readLine(reader);
  endParagraph(reader);
  return reader.blocks;
}

interface Reader {
  lines: string[];
  at: number;
  blocks: Block[];
  paragraph: string[];
}

function readLine(reader: Reader): void {
  const line = (reader.lines[reader.at] ?? "").replace(/^(?:\s*>)+\s?/, "");
  const fence = FENCE.exec(line);
  const item = ITEM.exec(line);
  const isTable = line.includes("|") && TABLE_RULE.test((reader.lines[reader.at + 1] ?? "").trim());
  if (fence) readCode(reader, fence);
  else if (isTable) readTable(reader);
  else if (item && isItem(item, reader)) readItem(reader, item);
  else readText(reader, line);
}

function readText(reader: Reader, line: string): void {
  reader.at += 1;
  const heading = HEADING.exec(line);
  if (heading) {
    endParagraph(reader);
    reader.blocks.push({ kind: "heading", text: cleanInline((heading[1] ?? "").replace(/(?<=\s)#+$/, "")) });
  } else if (line.trim() === "" || LAYOUT_LINE.test(line.trim())) endParagraph(reader);
  else if (!continueItem(reader, line)) reader.paragraph.push(line.trim());
}

/** `- x` and `1. x` begin an item; `3.5 million` in the middle of a paragraph does not. */
function isItem([, , , , rest = ""]: RegExpExecArray, reader: Reader): boolean {
  const line = reader.lines[reader.at] ?? "";
  const isTight = /^\s*(?:[-*+]|\d{1,3}[.)])\S/.test(line);
  return rest !== "" && !isTight && !(reader.paragraph.length > 0 && /^\s*(?:[2-9]|\d\d+)[.)]/.test(line));
}

/** To the closing fence, or to the end where a chunk was cut inside the code. */
function readCode(reader: Reader, [, indent = "", mark = "```", info = ""]: RegExpExecArray): void {
  const from = reader.at + 1;
  let to = from;
  const isEnd = (line: string) =>
    line.trim().startsWith(mark) && line.trim().replaceAll(mark[0] ?? "`", "") === "";
  while (to < reader.lines.length && !isEnd(reader.lines[to] ?? "")) to += 1;
  const body = reader.lines
    .slice(from, to)
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
  reader.at = to + 1;
  if (body.join("").trim() === "") return;
  const code = [`${mark}${info.trim()}`, ...body, mark].join("\n");
  const items = indent.length >= 2 && reader.paragraph.length === 0 ? lastItems(reader) : null;
  if (items) items.at(-1)?.code.push(code);
  else {
    endParagraph(reader);
    reader.blocks.push({ kind: "code", code });
  }
}

function readTable(reader: Reader): void {
  endParagraph(reader);
  const header = cellsOf(reader.lines[reader.at] ?? "");
  reader.at += 2;
  const rows: string[][] = [];
  while (reader.lines[reader.at]?.includes("|")) {
    rows.push(cellsOf(reader.lines[reader.at] ?? ""));
    reader.at += 1;
  }
  if (rows.length > 0) reader.blocks.push({ kind: "table", header, rows });
}

/** Cells between bars that are neither escaped nor in inline code. */
function cellsOf(line: string): string[] {
  const cells = [""];
  let isCode = false;
  for (const [part] of line
    .trim()
    .replace(/^\|/, "")
    .replace(/\|$/, "")
    .matchAll(/\\\||[|`]|[^|`\\]+|\\/g)) {
    if (part === "`") isCode = !isCode;
    if (part === "|" && !isCode) cells.push("");
    else cells.push((cells.pop() ?? "") + (part === "\\|" ? "|" : part));
  }
  return cells.map(cleanInline);
}

function readItem(reader: Reader, [, , bullet, digits, rest = ""]: RegExpExecArray): void {
  endParagraph(reader);
  reader.at += 1;
  const item: ListItem = { number: bullet ? null : Number(digits), text: cleanInline(rest), code: [] };
  const items = lastItems(reader) ?? resumedItems(reader, item);
  if (items && (items[0]?.number === null) === (item.number === null)) items.push(item);
  else reader.blocks.push({ kind: "list", items: [item] });
}

/** Items of the list that we are in, null when the last block is none. */
function lastItems(reader: Reader): ListItem[] | null {
  const last = reader.blocks.at(-1);
  return last?.kind === "list" ? last.items : null;
}

/** A numbered list goes on behind a code block that was not indented: the code belongs to the step. */
function resumedItems(reader: Reader, item: ListItem): ListItem[] | null {
  const [list, code] = reader.blocks.slice(-2);
  if (list?.kind !== "list" || code?.kind !== "code") return null;
  const previous = list.items.at(-1);
  if (!previous || previous.number === null || item.number !== previous.number + 1) return null;
  previous.code.push(code.code);
  reader.blocks.pop();
  return list.items;
}

/** A line below an item that is not set apart by an empty line, or is indented, belongs to it. */
function continueItem(reader: Reader, line: string): boolean {
  const item = lastItems(reader)?.at(-1);
  const isBelow = (reader.lines[reader.at - 2] ?? "").trim() !== "" || /^\s{2,}/.test(line);
  if (!item || reader.paragraph.length > 0 || !isBelow) return false;
  item.text = joinLines([item.text, cleanInline(line)]);
  return true;
}

function endParagraph(reader: Reader): void {
  if (reader.paragraph.length === 0) return;
  const sentences = splitSentences(cleanInline(joinLines(reader.paragraph)));
  reader.paragraph = [];
  if (sentences.length > 0) reader.blocks.push({ kind: "prose", sentences });
}

/** Chinese is joined without a space. */
function joinLines(lines: readonly string[]): string {
  return lines
    .join("\n")
    .replace(/([\p{Script=Han}，。；：、！？])\n(?=[\p{Script=Han}，。；：、！？])/gu, "$1")
    .replaceAll("\n", " ");
}

/**
 * Drops what would mean something else in an answer: images, links to pages beside the document, footnote
 * and reference numbers (they would read as citations), tags. Inline code stays as it is.
 */
function cleanInline(text: string): string {
  return text
    .split(/(`{1,3}[^`]+`{1,3})/)
    .map((piece, index) => (index % 2 === 1 ? piece : cleanProse(piece)))
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}

function cleanProse(text: string): string {
  return text
    .replace(/!\[([^[\]]*)\]\([^()]*\)/g, "$1")
    .replace(/\[([^[\]]+)\]\((?!https?:)[^()]*\)/g, "$1")
    .replace(/\s?\[\^?\d+\](?!\()/g, "")
    .replace(/<(?:br|\/?p|\/?div)\b[^<>]*>/gi, " ")
    .replace(/<\/?(?:span|b|i|em|strong|u|a|img|sub|sup|kbd|details|summary|center|font)\b[^<>]*>/gi, "");
}
