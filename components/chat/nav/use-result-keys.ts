"use client";

import { type KeyboardEvent, useState } from "react";
import { isComposing } from "../is-composing";

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** One selected row in a list of `count`, moved with the arrows of a field and opened with its Enter. */
export function useResultKeys(count: number, onOpen: (index: number) => void) {
  const [selected, select] = useState(0);
  const index = Math.max(0, Math.min(selected, count - 1));
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event) || count === 0) return;
    const step = STEPS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      select((index + step + count) % count);
    }
    if (event.key === "Enter") onOpen(index);
  };
  return { index, select, onKeyDown };
}
