"use client";

import { type RefObject, useLayoutEffect } from "react";

/** About nine lines; more is scrolled. */
const MAX_PX = 232;

/** Makes a text field as high as its text, from its own minimum height on. */
export function useAutoHeight(field: RefObject<HTMLTextAreaElement | null>, value: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "0";
    element.style.height = `${Math.min(element.scrollHeight, MAX_PX)}px`;
  }, [field, value]);
}
