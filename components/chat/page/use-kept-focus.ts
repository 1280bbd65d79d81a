"use client";

import { type RefObject, useEffect } from "react";

/**
 * Keeps the keyboard's place: when the element that has the focus goes away or cannot be used any more (Stop
 * becomes Send, an answer is made again), the focus goes to the composer, or to the conversation itself where
 * that would bring up the keyboard of a touch screen.
 */
export function useKeptFocus(
  conversation: RefObject<HTMLElement | null>,
  composer: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const main = conversation.current;
    if (!main) return;
    let last: Element | null = null;
    let frame = 0;
    const restore = () => {
      if (document.activeElement !== document.body || !last || isUsable(last)) return;
      last = null;
      const touch = window.matchMedia("(pointer: coarse)").matches;
      ((touch ? null : composer.current) ?? main).focus({ preventScroll: true });
    };
    const onFocusIn = (event: FocusEvent) => {
      last = event.target instanceof Element ? event.target : null;
    };
    // Who clicks beside everything has put the focus away.
    const onPointerDown = () => {
      last = null;
    };
    const observer = new MutationObserver(() => {
      if (!last || isUsable(last)) return;
      // After whatever else hands on the focus by itself.
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(restore);
      });
    });
    observer.observe(main, { childList: true, subtree: true, attributeFilter: ["disabled"] });
    main.addEventListener("focusin", onFocusIn);
    document.addEventListener("pointerdown", onPointerDown);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      main.removeEventListener("focusin", onFocusIn);
      document.removeEventListener("pointerdown", onPointerDown);
    };
  }, [conversation, composer]);
}

function isUsable(element: Element): boolean {
  return element.isConnected && !element.matches(":disabled");
}
