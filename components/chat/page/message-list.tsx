"use client";

import { useLocale } from "next-intl";
import { Answer, type AnswerProps } from "../answer/answer";
import type { TurnModel } from "../answer/build-turns";
import { foreignLanguage } from "../foreign-language";

interface MessageListProps extends Omit<AnswerProps, "turn" | "extractive"> {
  title: string;
  turns: readonly TurnModel[];
  extractive: boolean;
}

/** Questions and answers, oldest first. */
export function MessageList({ title, turns, extractive, ...shared }: MessageListProps) {
  const page = useLocale();
  return (
    <div className="mx-auto w-full max-w-[760px] px-6 py-4 @max-[460px]/chat:px-4">
      <h1 lang={foreignLanguage(title, page)} className="sr-only">
        {title}
      </h1>
      {turns.map((turn, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: turns are only ever added at the end
        <section key={index} className="[section+&]:mt-6">
          <Question text={turn.question} />
          <Answer {...shared} turn={turn} extractive={extractive} />
        </section>
      ))}
    </div>
  );
}

function Question({ text }: { text: string }) {
  const page = useLocale();
  return (
    <div className="mb-4 flex justify-end">
      <h2
        lang={foreignLanguage(text, page)}
        className="wrap-anywhere max-w-[84%] whitespace-pre-wrap rounded-bubble rounded-br-chip bg-bg2 px-3.5 py-2 text-chat @max-[680px]/chat:text-dense @max-[460px]/chat:text-chat"
      >
        {text}
      </h2>
    </div>
  );
}
