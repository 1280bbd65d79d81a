"use client";

import { Slot } from "radix-ui";
import { lazy, type PointerEvent, type ReactNode, Suspense, useEffect, useId, useRef, useState } from "react";

/** A chunk of its own, which no page loads before something is pointed at. */
const TooltipBubble = lazy(() => import("./tooltip-bubble"));

const DELAY_MS = 400;
/** Time in which the pointer may go from the control to the bubble. */
const LEAVE_MS = 120;
/** A tooltip next to one that has just been shown opens at once. */
const SKIP_DELAY_MS = 200;
let lastShownAt = Number.NEGATIVE_INFINITY;

interface TooltipProps {
  label: ReactNode;
  keys?: string | undefined;
  side?: "top" | "bottom" | "left" | "right" | undefined;
  /** The control it describes; must take a ref. */
  children: ReactNode;
}

/** Says what a control does while it is pointed at or has the keyboard's focus; Escape takes it away. */
export function Tooltip({ label, keys, side = "bottom", children }: TooltipProps) {
  const control = useRef<HTMLElement>(null);
  const id = useId();
  const { open, show, hide } = useTimedOpen();
  const onPointerEnter = (event: PointerEvent) => {
    if (event.pointerType !== "touch") show(performance.now() - lastShownAt < SKIP_DELAY_MS ? 0 : DELAY_MS);
  };
  return (
    <>
      <Slot.Root
        ref={control}
        aria-describedby={open ? id : undefined}
        onPointerEnter={onPointerEnter}
        onPointerLeave={() => hide(LEAVE_MS)}
        onPointerDown={() => hide(0)}
        onFocus={() => control.current?.matches(":focus-visible") && show(0)}
        onBlur={() => hide(0)}
        onClick={() => hide(0)}
      >
        {children}
      </Slot.Root>
      {open ? (
        <Suspense fallback={null}>
          <TooltipBubble
            id={id}
            control={control}
            side={side}
            onPointerEnter={() => show(0)}
            onPointerLeave={() => hide(LEAVE_MS)}
            onDismiss={() => hide(0)}
          >
            {label}
            {keys ? <span className="opacity-75">{keys}</span> : null}
          </TooltipBubble>
        </Suspense>
      ) : null}
    </>
  );
}

/** Open or not, changed after a while; what comes last counts. */
function useTimedOpen() {
  const [open, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (next: boolean, ms: number) => {
    clearTimeout(timer.current);
    const now = () => {
      if (open && !next) lastShownAt = performance.now();
      setOpen(next);
    };
    if (ms === 0) now();
    else timer.current = setTimeout(now, ms);
  };
  return { open, show: (ms: number) => change(true, ms), hide: (ms: number) => change(false, ms) };
}
