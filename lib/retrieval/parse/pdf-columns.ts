import type { TextLine } from "./pdf-lines";

/** So many lines that begin at the same place are a column; with fewer, the page's width counts. */
const COLUMN_LINES = 4;
/** A line that leaves more of its column empty was ended on purpose. */
const LEAST_EMPTY = 0.25;

/** Tells which lines end well before the right edge of their column, as in lists, tables and code. */
export function findShortLines(pages: readonly (readonly TextLine[])[]): (line: TextLine) => boolean {
  const short = new Set<TextLine>();
  for (const lines of pages) {
    const pageEnd = rightEdge(lines);
    for (const column of Map.groupBy(lines, ({ x }) => Math.round(x / 2)).values()) {
      const edge = column.length >= COLUMN_LINES ? rightEdge(column) : pageEnd;
      for (const line of column) if (edge - line.end > (edge - line.x) * LEAST_EMPTY) short.add(line);
    }
  }
  return (line) => short.has(line);
}

function rightEdge(lines: readonly TextLine[]): number {
  return lines.reduce((edge, { end }) => Math.max(edge, end), 0);
}
