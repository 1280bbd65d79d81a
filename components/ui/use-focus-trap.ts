import { type RefObject, useEffect } from "react";

const FOCUSABLE = "a[href], button:not(:disabled), input:not(:disabled), [tabindex='0']";

/** Keeps Tab inside of a panel that covers the page, and takes the focus into it when it opens. */
export function useFocusTrap(ref: RefObject<HTMLElement | null>, active: boolean): void {
  useEffect(() => {
    const panel = ref.current;
    if (!active || !panel) return;
    if (!panel.contains(document.activeElement)) panel.focus();
    const keep = (event: KeyboardEvent) => {
      if (event.key === "Tab" && !event.defaultPrevented) wrapFocus(panel, event);
    };
    panel.addEventListener("keydown", keep);
    return () => panel.removeEventListener("keydown", keep);
  }, [ref, active]);
}

function wrapFocus(panel: HTMLElement, event: KeyboardEvent): void {
  const stops = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => element.tabIndex >= 0 && element.getClientRects().length > 0,
  );
  const [first, last] = [stops.at(0), stops.at(-1)];
  const at = document.activeElement;
  const leaves = event.shiftKey ? at === first || at === panel : at === last;
  if (!leaves) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
