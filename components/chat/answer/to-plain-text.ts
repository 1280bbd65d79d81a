/** The row below a table's head. */
const TABLE_RULE = /^[\s|:-]*-[\s|:-]*$/;

/** A passage's Markdown for a preview of a few lines: its words, without the marks around them. */
export function toPlainText(markdown: string): string {
  return markdown
    .split("\n")
    .filter((line) => !TABLE_RULE.test(line) && !/^\s*(```|~~~)/.test(line))
    .map(plainLine)
    .join("\n");
}

function plainLine(line: string): string {
  const cells = /^\s*\|(.*)\|\s*$/.exec(line)?.[1];
  const text =
    cells === undefined
      ? line
      : cells
          .split("|")
          .map((cell) => cell.trim())
          .join(" · ");
  return text
    .replace(/^\s*#{1,6}\s+/, "")
    .replace(/!?\[([^\]]*)\]\([^)\s]*\)/g, "$1")
    .replace(/\*\*([^*]+)\*\*/g, "$1")
    .replace(/`([^`]+)`/g, "$1");
}
