const ROW = "[data-conversation]";

/** Marks the rows that the focus can be given back to. */
export function rowMark(sessionId: string) {
  return { "data-conversation": sessionId };
}

/**
 * What gives the focus back to a conversation's row, should a change of the list take away the element that
 * had it. Asked before the change, since the row may be elsewhere after it; a row that is gone hands on to
 * its neighbour.
 */
export function keepFocus(row: HTMLElement | null): () => void {
  const list = row?.closest("[data-conversations]");
  const rows = [...(list?.querySelectorAll<HTMLElement>(ROW) ?? [])];
  const at = row ? rows.indexOf(row) : -1;
  const ids = [rows[at], rows[at + 1], rows[at - 1]].map((candidate) => candidate?.dataset.conversation);
  return () =>
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return;
      const left = ids.map((id) => id && list?.querySelector<HTMLElement>(`[data-conversation="${id}"]`));
      left.find((candidate) => candidate instanceof HTMLElement)?.focus();
    });
}
