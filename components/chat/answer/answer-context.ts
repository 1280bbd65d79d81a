"use client";

import { createContext, use } from "react";
import type { Source } from "@/lib/events/chat-frame";

/** What the parts of an answer need to know of it. */
export interface AnswerContextValue {
  question: string;
  /** null while retrieval runs. */
  sources: readonly Source[] | null;
  /** Passage that is pointed at, here or in the debug panel. */
  highlightedPassageId: string | null;
  onHighlight(passageId: string | null): void;
  /** Marks a passage until another one is chosen. */
  onSelect(passageId: string): void;
  /** Shows the document behind a source of this answer. */
  openSource(n: number): void;
  /** A citation that is clicked is shown in the debug panel, which lies beside the chat, and not in its document. */
  citesInDebug: boolean;
  /** Shows a passage in the debug panel; null without the role. */
  inspectPassage: ((passageId: string) => void) | null;
}

export const AnswerContext = createContext<AnswerContextValue | null>(null);

export function useAnswer(): AnswerContextValue {
  const value = use(AnswerContext);
  if (!value) throw new Error("useAnswer outside of an answer");
  return value;
}
