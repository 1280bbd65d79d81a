"use client";

import { useTranslations } from "next-intl";
import type { AnswerModel } from "../answer/answer-model";
import { useProgressParts } from "../answer/use-progress-parts";
import { useThrottled } from "./use-throttled";

const THROTTLE_MS = 2_000;

/** Reads out how an answer comes along, at most every two seconds; never its tokens. */
export function Announcer({ answer }: { answer: AnswerModel }) {
  const t = useTranslations("chat.progress");
  const progress = useProgressParts(answer).join(", ");
  const ended = { success: t("complete"), aborted: t("stopped"), error: "" };
  const said = answer.state === "running" ? progress || t("starting") : ended[answer.state];
  return (
    <p role="status" className="sr-only">
      {useThrottled(said, THROTTLE_MS)}
    </p>
  );
}
