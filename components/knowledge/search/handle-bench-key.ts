import type { KeyboardEvent } from "react";

const ROW = "[data-passage]";
const COLUMN = "[data-agent]";

/**
 * ↑ ↓ go within an agent's list, ← → to the next list: to the same passage there, else to the same place.
 * Home and End are the list's ends.
 */
export function handleBenchKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const at = document.activeElement;
  if (!(at instanceof HTMLElement) || !at.matches(ROW)) return;
  const target = targetOf(event.key, at, event.currentTarget);
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function targetOf(key: string, at: HTMLElement, table: HTMLElement): HTMLElement | null {
  const columns = [...table.querySelectorAll<HTMLElement>(COLUMN)].filter(isShown);
  const column = columns.findIndex((one) => one.contains(at));
  const rows = rowsOf(columns[column]);
  const index = rows.indexOf(at);
  switch (key) {
    case "ArrowDown":
      return rows[index + 1] ?? null;
    case "ArrowUp":
      return rows[index - 1] ?? null;
    case "Home":
      return rows[0] ?? null;
    case "End":
      return rows.at(-1) ?? null;
    case "ArrowRight":
      return counterpart(at, index, columns.slice(column + 1));
    case "ArrowLeft":
      return counterpart(at, index, columns.slice(0, column).reverse());
    default:
      return null;
  }
}

/** In the nearest column that has rows. */
function counterpart(at: HTMLElement, index: number, columns: readonly HTMLElement[]): HTMLElement | null {
  const rows = columns.map(rowsOf).find((one) => one.length > 0) ?? [];
  const same = rows.find((row) => row.dataset.passage === at.dataset.passage);
  return same ?? rows[Math.min(index, rows.length - 1)] ?? null;
}

function rowsOf(column: HTMLElement | undefined): HTMLElement[] {
  return [...(column?.querySelectorAll<HTMLElement>(ROW) ?? [])];
}

function isShown(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}
