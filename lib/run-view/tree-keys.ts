/** A line of any tree, as the keyboard sees it. */
export interface TreeLine {
  id: string;
  level: number;
  expandable: boolean;
  expanded: boolean;
}

/** What a key does: goes to a line, or opens or closes the one it is on. */
export type TreeMove = { type: "go" | "toggle"; id: string };

/**
 * The keys of a tree: arrows and J/K move, → opens or goes to the first child, ← closes or goes to the
 * parent, Home and End. Null for any other key, and where there is nowhere to go.
 */
export function moveInTree(lines: readonly TreeLine[], current: string, key: string): TreeMove | null {
  const index = Math.max(
    0,
    lines.findIndex(({ id }) => id === current),
  );
  const line = lines[index];
  if (!line) return null;
  switch (key) {
    case "ArrowDown":
    case "j":
      return go(lines[index + 1]);
    case "ArrowUp":
    case "k":
      return go(lines[index - 1]);
    case "Home":
      return go(lines[0]);
    case "End":
      return go(lines.at(-1));
    case "ArrowRight":
      return openOrEnter(line, lines[index + 1]);
    case "ArrowLeft":
      return closeOrLeave(line, lines.slice(0, index));
    default:
      return null;
  }
}

function openOrEnter(line: TreeLine, next: TreeLine | undefined): TreeMove | null {
  if (!line.expandable) return null;
  if (!line.expanded) return { type: "toggle", id: line.id };
  return next && next.level > line.level ? go(next) : null;
}

function closeOrLeave(line: TreeLine, before: readonly TreeLine[]): TreeMove | null {
  if (line.expandable && line.expanded) return { type: "toggle", id: line.id };
  return go(before.findLast(({ level }) => level < line.level));
}

function go(line: TreeLine | undefined): TreeMove | null {
  return line ? { type: "go", id: line.id } : null;
}
