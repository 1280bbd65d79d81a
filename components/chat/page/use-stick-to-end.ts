"use client";

import { type RefObject, useEffect, useState } from "react";

/** Nearer than this to the end counts as at the end: a wheel's last step rarely meets it exactly. */
const NEAR_PX = 32;

/**
 * Keeps a scrolled list at its end while it grows, as long as it was there; a reader who scrolls up is left
 * in peace. Returns whether it is at the end, and how to go there. A change
 * of `turns` (a question was asked) goes there in any case.
 */
export function useStickToEnd(scroller: RefObject<HTMLElement | null>, turns: number) {
  const [atEnd, setAtEnd] = useState(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn begins at the end again
  useEffect(() => {
    const element = scroller.current;
    const content = element?.firstElementChild;
    if (!element || !content) return;
    let stuck = true;
    let top = element.scrollTop;
    const follow = () => {
      if (stuck) element.scrollTop = element.scrollHeight;
    };
    const onScroll = () => {
      const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
      // Far from the end without having gone up: the list has grown since, and is followed in a moment.
      stuck = isNear || (stuck && element.scrollTop >= top);
      top = element.scrollTop;
      setAtEnd(stuck);
    };
    const observer = new ResizeObserver(follow);
    observer.observe(content);
    observer.observe(element);
    element.addEventListener("scroll", onScroll, { passive: true });
    follow();
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", onScroll);
    };
  }, [scroller, turns]);
  const toEnd = () => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  };
  return { atEnd, toEnd };
}
