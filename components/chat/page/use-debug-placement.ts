"use client";

import { useLocalStorage } from "@/components/ui/use-local-storage";

/** Where the debug panel opens: in the chat's page, or in a window of its own. */
export type DebugPlacement = "docked" | "window";

const KEY = "sidetrace.debug-placement";

/** The placement that was used last, kept by this browser. */
export function useDebugPlacement(): [DebugPlacement, (placement: DebugPlacement) => void] {
  const [stored, store] = useLocalStorage(KEY);
  return [stored === "window" ? "window" : "docked", store];
}
