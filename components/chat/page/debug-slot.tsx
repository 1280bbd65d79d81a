"use client";

import dynamic from "next/dynamic";
import { cn } from "@/components/ui/cn";
import { SidePlace } from "../side-place";
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

/** The debug panel at its place. */
export function DebugSlot({ panel, requestIds, yields }: DebugSlotProps) {
  const [width] = usePanelWidth();
  const { mode } = panel;
  return (
    <SidePlace
      mode={mode}
      className={cn(mode === "docked" && "min-w-95", yields && "hidden")}
      style={{ width }}
      onClose={panel.close}
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
    </SidePlace>
  );
}
