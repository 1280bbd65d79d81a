"use client";

import { type FocusEvent, type PointerEvent, useEffect, useRef, useState } from "react";

const OPEN_MS = 120;
const CLOSE_MS = 160;

/**
 * Opens after 120 ms under the pointer, at once on click or when the keyboard's focus comes, and stays while the
 * pointer is over the trigger or the card. A finger has no hover: a tap opens.
 */
export function useHoverOpen() {
  const [open, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const settle = (next: boolean, ms: number) => {
    clearTimeout(timer.current);
    if (ms === 0) setOpen(next);
    else timer.current = setTimeout(() => setOpen(next), ms);
  };
  const onPointerLeave = () => settle(false, CLOSE_MS);
  return {
    open,
    setOpen: (next: boolean) => settle(next, 0),
    triggerProps: {
      onPointerEnter: (event: PointerEvent) => {
        if (event.pointerType !== "touch") settle(true, OPEN_MS);
      },
      onPointerLeave,
      onFocus: ({ currentTarget }: FocusEvent) => {
        if (currentTarget.matches(":focus-visible")) settle(true, 0);
      },
      onBlur: () => settle(false, CLOSE_MS),
      onClick: () => settle(true, 0),
    },
    cardProps: { onPointerEnter: () => settle(true, 0), onPointerLeave },
  };
}
