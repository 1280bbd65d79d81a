import type { CSSProperties, ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/** Beside the chat, over its right part, or over all of it. */
export type SideMode = "docked" | "overlay" | "sheet";

const PLACE: Record<SideMode, string> = {
  docked: "relative shrink border-line border-l",
  overlay:
    "fixed inset-y-0 right-0 z-20 max-w-[92vw] animate-slide-right border-line border-l shadow-overlay",
  sheet: "fixed inset-0 z-20",
};

interface SidePlaceProps {
  mode: SideMode;
  /** How wide it is where it does not take all of the window. */
  className?: string;
  style?: CSSProperties;
  onClose(): void;
  children: ReactNode;
}

/** Where a panel lies that belongs to the chat. */
export function SidePlace({ mode, className, style, onClose, children }: SidePlaceProps) {
  const isWhole = mode === "sheet";
  return (
    <>
      {mode === "overlay" ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: a click beside the panel closes it; the keyboard has Escape
        // biome-ignore lint/a11y/useKeyWithClickEvents: as above
        <div className="fixed inset-0 z-20 animate-appear bg-scrim" onClick={onClose} />
      ) : null}
      <div style={isWhole ? undefined : style} className={cn("bg-bg0", PLACE[mode], isWhole || className)}>
        {children}
      </div>
    </>
  );
}
