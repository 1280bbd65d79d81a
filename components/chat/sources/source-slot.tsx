"use client";

import { cn } from "@/components/ui/cn";
import SourcePanel, { type SourcePanelProps } from "./source-panel";

const PLACE = {
  docked: "w-[clamp(320px,34vw,520px)] min-w-80 shrink border-line border-l",
  overlay:
    "fixed inset-y-0 right-0 z-20 w-130 max-w-[92vw] animate-slide-right border-line border-l shadow-overlay",
  sheet: "fixed inset-0 z-20",
} as const;

/** Where the source panel lies: beside the chat, over its right part, or over all of it. */
export default function SourceSlot(props: SourcePanelProps) {
  const { mode, onClose } = props;
  return (
    <>
      {mode === "overlay" ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: a click beside the panel closes it; the keyboard has Escape
        // biome-ignore lint/a11y/useKeyWithClickEvents: as above
        <div className="fixed inset-0 z-20 animate-appear bg-scrim" onClick={onClose} />
      ) : null}
      <div className={cn("bg-bg0", PLACE[mode])}>
        <SourcePanel {...props} />
      </div>
    </>
  );
}
