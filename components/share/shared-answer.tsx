"use client";

import { AnswerContext, type AnswerContextValue } from "@/components/chat/answer/answer-context";
import Markdown from "@/components/chat/answer/markdown";

const NOTHING = () => undefined;

/** An answer's text; its marks are numbers that lead nowhere, since no passage is shown. */
export function SharedAnswer({ text, question }: { text: string; question: string }) {
  const context: AnswerContextValue = {
    question,
    sources: null,
    highlightedPassageId: null,
    onHighlight: NOTHING,
    onSelect: NOTHING,
    openSource: NOTHING,
    citesInDebug: false,
    inspectPassage: null,
  };
  return (
    <AnswerContext value={context}>
      <Markdown text={text} live={false} />
    </AnswerContext>
  );
}
