"use client";

import { useIsMac } from "@/components/ui/use-is-mac";
import { SHORTCUTS, type Shortcut } from "./shortcuts";

/** How a shortcut is written on this machine. */
export function useShortcutLabel(): (shortcut: Shortcut) => string {
  const isMac = useIsMac();
  return (shortcut) => SHORTCUTS[shortcut][isMac ? "mac" : "other"];
}
