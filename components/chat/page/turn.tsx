"use client";

import { memo, useEffect, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { Answer, type AnswerProps } from "../answer/answer";
import { Question } from "../answer/question";
import { toPlainText } from "../answer/to-plain-text";
import { observeNear } from "./observe-near";

export interface TurnProps extends AnswerProps {
  /** One of the last: it is there in full at once. */
  recent: boolean;
  /** The page goes on paper, where nothing comes near. */
  printing: boolean;
  /** Asks the question of an answer in other words; null while another answer is being made. */
  onEdit: ((requestId: string | null, question: string) => void) | null;
}

const TEXT = "text-chat @max-[680px]/chat:text-dense @max-[460px]/chat:text-chat";

/**
 * A question and its answer. Far from the screen the answer is its words alone, which search and screen
 * readers find; it is drawn in full before it comes into sight, and stays so.
 */
export const Turn = memo(function Turn({ recent, printing, onEdit, ...answer }: TurnProps) {
  const [near, setNear] = useState(recent);
  const section = useRef<HTMLElement>(null);
  const full = recent || near || printing;
  useEffect(() => {
    const element = section.current;
    const scroller = element?.closest("[data-messages]");
    if (full || !element || !scroller) return;
    return observeNear(element, scroller, () => setNear(true));
  }, [full]);
  return (
    <section
      ref={section}
      className={cn(
        "px-6 py-3 @max-[460px]/chat:px-4",
        // What is off the screen is not laid out. The last ones are always on it while an answer comes.
        !recent &&
          "[contain-intrinsic-size:auto_320px] [content-visibility:auto] print:[content-visibility:visible]",
      )}
    >
      <Question
        text={answer.turn.question}
        onEdit={onEdit && ((text) => onEdit(activeVersion(answer)?.requestId ?? null, text))}
      />
      {full ? <Answer {...answer} /> : <AnswerWords text={activeVersion(answer)?.text ?? ""} />}
    </section>
  );
});

function activeVersion({ turn }: AnswerProps) {
  return turn.versions[turn.active];
}

function AnswerWords({ text }: { text: string }) {
  return (
    <article>
      <p className={cn("wrap-anywhere whitespace-pre-wrap", TEXT)}>{toPlainText(text)}</p>
    </article>
  );
}
