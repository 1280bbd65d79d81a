"use client";

import { useEffect, useEffectEvent } from "react";
import { type Shortcut, shortcutOf } from "../shortcuts";

/**
 * Runs the page's shortcuts, wherever the focus is; `run` says whether the shortcut was one of its own. Keys
 * that another part of the page has handled are left alone.
 */
export function useShortcuts(run: (shortcut: Shortcut | "escape") => boolean): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const inField =
      event.target instanceof HTMLElement &&
      (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName));
    const inDialog = document.querySelector("[role=dialog]:not([data-debug-panel]), [role=menu]") !== null;
    const shortcut = event.key === "Escape" && !event.shiftKey ? "escape" : shortcutOf(event, inField);
    if (shortcut === null || (inDialog && (shortcut === "all" || shortcut === "escape"))) return;
    if (run(shortcut)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
