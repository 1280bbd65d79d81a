import type { Code, List, ListItem, RootContent } from "mdast";

/** A row up to this size fits into a passage; list items that do not may be cut, code blocks never are. */
const MAX_ITEM_BYTES = 800;

/** Rows as lines of "Column: value"; empty cells are left out. No row is cut in the middle. */
export function rowBlocks(header: readonly string[], rows: readonly (readonly string[])[]): RootContent[] {
  const blocks: RootContent[] = [];
  for (const row of rows) {
    const text = rowText(header, row);
    if (text === "") continue;
    const last = blocks.at(-1);
    if (Buffer.byteLength(text) > MAX_ITEM_BYTES) blocks.push(toCode(text));
    else if (last?.type === "list") last.children.push(toItem(text));
    else blocks.push(toList(text));
  }
  return blocks;
}

function rowText(header: readonly string[], row: readonly string[]): string {
  const cells = row.flatMap((cell, at) => {
    const value = cell.trim().replace(/\s*[\r\n]\s*/g, "\n");
    if (value === "") return [];
    const column = header[at]?.trim().replace(/\s+/g, " ") || String(at + 1);
    return [`${column}: ${value}`];
  });
  return cells.join("\n");
}

function toItem(text: string): ListItem {
  return {
    type: "listItem",
    spread: false,
    children: [{ type: "paragraph", children: [{ type: "text", value: text }] }],
  };
}

function toList(text: string): List {
  return { type: "list", ordered: false, spread: false, children: [toItem(text)] };
}

function toCode(text: string): Code {
  return { type: "code", value: text };
}
