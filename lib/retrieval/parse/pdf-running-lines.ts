import type { TextLine } from "./pdf-lines";

/** The upper and the lower share of a page in which running lines are looked for. */
const MARGIN = 0.1;
/** A line that stands on so large a share of the pages is no text of theirs. */
const LEAST_SHARE = 0.5;
const LEAST_PAGES = 2;

/** Without the headers, footers and page numbers that pages repeat; numbers in them may differ. */
export function withoutRunningLines(pages: readonly TextLine[][]): TextLine[][] {
  const counts = new Map<string, number>();
  for (const lines of pages) {
    for (const key of new Set(lines.filter(isInMargin).map(keyOf)))
      counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const least = Math.max(LEAST_PAGES, pages.length * LEAST_SHARE);
  const isRunning = (line: TextLine) => isInMargin(line) && (counts.get(keyOf(line)) ?? 0) >= least;
  return pages.map((lines) => lines.filter((line) => !isRunning(line)));
}

function isInMargin({ height }: TextLine): boolean {
  return height < MARGIN || height > 1 - MARGIN;
}

function keyOf({ text, height }: TextLine): string {
  return `${height > 0.5} ${text.replace(/\d+/g, "0").toLowerCase()}`;
}
