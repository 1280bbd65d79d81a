"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Whether shortcuts use ⌘; false until the page runs in the browser. */
export function useIsMac(): boolean {
  return useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.platform),
    () => false,
  );
}
