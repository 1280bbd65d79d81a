"use client";

import dynamic from "next/dynamic";
import { cn } from "@/components/ui/cn";
import type { DebugPanelState } from "./use-debug-panel";
import { usePanelWidth } from "./use-panel-width";

// A chunk of its own: who has no debug role never loads a byte of it.
const LocalizedDebugPanel = dynamic(() => import("./localized-debug-panel"), { ssr: false });

interface DebugSlotProps {
  panel: DebugPanelState;
  /** All answers of the conversation, in order. */
  requestIds: string[];
  /** Something else lies in its place for now. */
  yields: boolean;
}

const PLACE = {
  docked: "relative min-w-95 shrink border-line border-l",
  overlay:
    "fixed inset-y-0 right-0 z-20 max-w-[92vw] animate-slide-right border-line border-l shadow-overlay",
  sheet: "fixed inset-0 z-20",
} as const;

/** Where the debug panel lies: beside the chat, over its right part, or over all of it. */
export function DebugSlot({ panel, requestIds, yields }: DebugSlotProps) {
  const [width] = usePanelWidth();
  const { mode } = panel;
  return (
    <>
      {mode === "overlay" ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: a click beside the panel closes it; the keyboard has Escape
        // biome-ignore lint/a11y/useKeyWithClickEvents: as above
        <div className="fixed inset-0 z-20 animate-appear bg-scrim" onClick={panel.close} />
      ) : null}
      <div
        style={mode === "sheet" ? undefined : { width }}
        className={cn("bg-bg0", yields ? "hidden" : PLACE[mode])}
      >
        <LocalizedDebugPanel
          requestId={panel.requestId}
          requestIds={requestIds}
          onSelectRequest={panel.show}
          onClose={panel.close}
          placement={panel.popOut && { kind: "popOut", run: panel.popOut }}
          highlightedPassageId={panel.highlightedPassageId}
          onHighlightPassage={panel.hoverPassage}
          selectedPassageId={panel.selectedPassageId}
          onSelectPassage={panel.selectPassage}
          mode={mode}
        />
      </div>
    </>
  );
}
