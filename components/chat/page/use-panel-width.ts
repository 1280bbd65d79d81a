"use client";

import { useLocalStorage } from "@/components/ui/use-local-storage";

export const PANEL_WIDTH = { min: 380, max: 760, initial: 560 } as const;
const KEY = "sidetrace.debug-width";

/** Width of the docked panel in px, kept by this browser. */
export function usePanelWidth(): [number, (px: number) => void] {
  const [stored, store] = useLocalStorage(KEY);
  const px = Number(stored ?? PANEL_WIDTH.initial);
  return [clamp(Number.isFinite(px) ? px : PANEL_WIDTH.initial), (next) => store(String(clamp(next)))];
}

function clamp(px: number): number {
  return Math.round(Math.min(PANEL_WIDTH.max, Math.max(PANEL_WIDTH.min, px)));
}
