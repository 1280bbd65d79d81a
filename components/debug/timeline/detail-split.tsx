import { useTranslations } from "next-intl";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from "react";
import { cn } from "@/components/ui/cn";

const LEAST_PX = 120;
const STEP_PX = 20;

interface DetailSplitProps {
  /** Chosen height in px; null lets the tree take what it needs and gives the detail the rest. */
  heightPx: number | null;
  onHeight(px: number | null): void;
  children: ReactNode;
}

/** The lower part of a pane, with a handle at its top. A double click gives it back its own height. */
export function DetailSplit({ heightPx, onHeight, children }: DetailSplitProps) {
  const t = useTranslations("debug.timeline");
  const box = useRef<HTMLElement>(null);
  const limit = (px: number) => {
    const room = box.current?.parentElement?.clientHeight ?? 0;
    return Math.round(Math.min(Math.max(px, LEAST_PX), Math.max(LEAST_PX, room - 2 * LEAST_PX)));
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    const bottom = box.current?.getBoundingClientRect().bottom ?? 0;
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onHeight(limit(bottom - event.clientY));
  };
  const step = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowUp: STEP_PX, ArrowDown: -STEP_PX }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onHeight(limit((box.current?.offsetHeight ?? 0) + by));
  };
  return (
    <section
      ref={box}
      aria-label={t("detail")}
      className={cn(
        "relative flex flex-col border-line2 border-t bg-bg1",
        heightPx === null ? "min-h-50 flex-[1_1_200px]" : "flex-none",
      )}
      style={heightPx === null ? undefined : { height: heightPx }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a rule cannot take the focus, a splitter has to */}
      <div
        role="separator"
        aria-orientation="horizontal"
        aria-label={t("resize")}
        aria-valuenow={heightPx ?? 200}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onDoubleClick={() => onHeight(null)}
        onKeyDown={step}
        className="absolute inset-x-0 -top-1 z-4 h-[7px] cursor-row-resize touch-none after:absolute after:top-0.5 after:left-1/2 after:-ml-4 after:h-[3px] after:w-8 after:rounded-bar after:bg-line2 hover:after:bg-line3 focus-visible:after:bg-accent"
      />
      {children}
    </section>
  );
}
