"use client";

import { type KeyboardEvent, useState } from "react";

/**
 * Earlier questions of the conversation, brought back with the arrows: from an empty field, and on as long as
 * nothing was changed. `questions` are oldest first.
 */
export function useQuestionHistory(
  questions: readonly string[],
  text: string,
  onText: (text: string) => void,
) {
  const [place, setPlace] = useState<number | null>(null);
  const recalled = place === null ? null : questions.at(-1 - place);
  return {
    /** Whether the key was one of these. */
    onKeyDown({ key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
      if (shiftKey || altKey || ctrlKey || metaKey || (key !== "ArrowUp" && key !== "ArrowDown"))
        return false;
      const current = recalled === text && text !== "" ? place : null;
      if (current === null && (text !== "" || key === "ArrowDown")) return false;
      const next = (current ?? -1) + (key === "ArrowUp" ? 1 : -1);
      if (next >= questions.length) return true;
      setPlace(next < 0 ? null : next);
      onText(next < 0 ? "" : (questions.at(-1 - next) ?? ""));
      return true;
    },
  };
}
