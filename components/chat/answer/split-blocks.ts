/** A line that opens or closes fenced code, with its marker. */
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const LIST_ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;
/** Definitions that other blocks refer to: links and footnotes. */
const DEFINITION = /^ {0,3}\[[^\]]+\]:/m;

/**
 * Cuts Markdown at blank lines into blocks that mean the same when parsed by themselves; joined they are
 * the text again. While a text grows only its last block changes, so the others need not be parsed again.
 * A text with definitions stays whole, since they reach across blocks.
 */
export function splitBlocks(text: string): string[] {
  if (text === "") return [];
  if (DEFINITION.test(text)) return [text];
  const blocks: string[] = [];
  let block = "";
  let fence: Fence | null = null;
  let blank = false;
  for (const line of text.split(/(?<=\n)/)) {
    const isBlank = line.trim() === "";
    if (blank && !isBlank && fence === null && !continues(block, line)) {
      blocks.push(block);
      block = "";
    }
    block += line;
    blank = isBlank;
    fence = nextFence(fence, line);
  }
  blocks.push(block);
  return blocks;
}

/** Whether a line after a blank one still belongs to the block: indented, or the next item of a list. */
function continues(block: string, line: string): boolean {
  if (block.trim() === "" || /^(?: {2,}|\t)/.test(line)) return true;
  return LIST_ITEM.test(block) && LIST_ITEM.test(line);
}

function nextFence(open: Fence | null, line: string): Fence | null {
  if (open === null) return openedBy(line);
  return open.closedBy(line) ? null : open;
}

/** Code, or a formula on lines of its own. */
interface Fence {
  closedBy(line: string): boolean;
}

function openedBy(line: string): Fence | null {
  const text = line.trim();
  const marker = FENCE.exec(line)?.[1];
  if (marker !== undefined) return { closedBy: (other) => closesCode(marker, other) };
  if (text.startsWith("$$") && text.indexOf("$$", 2) < 0)
    return { closedBy: (other) => other.includes("$$") };
  if (text.startsWith("\\[") && !text.includes("\\]")) return { closedBy: (other) => other.includes("\\]") };
  return null;
}

function closesCode(open: string, line: string): boolean {
  const marker = FENCE.exec(line)?.[1];
  if (marker === undefined) return false;
  return marker[0] === open[0] && marker.length >= open.length && line.trim() === marker;
}
