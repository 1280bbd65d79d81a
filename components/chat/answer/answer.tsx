"use client";

import { StepForward } from "lucide-react";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { foreignLanguage } from "../foreign-language";
import { AnswerActions, type DebugAccess } from "./answer-actions";
import { AnswerContext, type AnswerContextValue } from "./answer-context";
import { AnswerError } from "./answer-error";
import { type AnswerModel, canGoOn } from "./answer-model";
import type { TurnModel } from "./build-turns";
import { loadMarkdown } from "./load-markdown";
import { ProgressLine } from "./progress-line";
import { SourcesGrid } from "./sources-grid";
import { VersionSwitch } from "./version-switch";

const Markdown = dynamic(loadMarkdown, { ssr: false });

export interface AnswerProps {
  sessionId: string;
  turn: TurnModel;
  /** null while another answer is being made. */
  onRegenerate: ((requestId: string) => void) | null;
  /** Goes on where it was stopped or cut off; null while another answer is being made. */
  onContinue: ((requestId: string) => void) | null;
  /** Shows another version. */
  onShowVersion(requestId: string): void;
  /** Puts text as a quotation into the composer. */
  onQuote(text: string): void;
  onAskAgain(): void;
  debug: DebugAccess | null;
  passages: Pick<AnswerContextValue, "highlightedPassageId" | "onHighlight" | "onSelect" | "citesInDebug"> & {
    openSource(requestId: string, n: number): void;
    /** null without the debug role */
    inspectPassage: ((requestId: string, passageId: string) => void) | null;
  };
  /** The answer is quoted by the offline model. */
  extractive: boolean;
}

/** The answer to a question: the version that is shown, and the way to the others. */
export function Answer(props: AnswerProps) {
  const { sessionId, turn, onRegenerate, onContinue, onAskAgain, onQuote, debug, passages, extractive } =
    props;
  const answer = turn.versions[turn.active];
  if (!answer) return null;
  const { requestId } = answer;
  const regenerate = onRegenerate && requestId ? () => onRegenerate(requestId) : null;
  const retry = answer.error?.retry === "ask" ? onAskAgain : regenerate;
  const running = answer.state === "running";
  const goOn = onContinue && requestId && canGoOn(answer) ? () => onContinue(requestId) : null;
  const show = (index: number) => {
    const id = turn.versions[index]?.requestId;
    if (id) props.onShowVersion(id);
  };
  const { inspectPassage, openSource } = passages;
  const context = {
    ...passages,
    openSource: (n: number) => requestId && openSource(requestId, n),
    inspectPassage: inspectPassage && requestId ? (id: string) => inspectPassage(requestId, id) : null,
    question: turn.question,
    sources: answer.sources,
  };
  return (
    <AnswerContext value={context}>
      <article aria-busy={running} data-answer={requestId ?? undefined}>
        <ProgressLine answer={answer} />
        <AnswerText answer={answer} />
        <AnswerNotes answer={answer} extractive={extractive} />
        {goOn ? <ContinueButton onClick={goOn} /> : null}
        {answer.error ? <AnswerError error={answer.error} detailed={debug !== null} onRetry={retry} /> : null}
        {!running && answer.sources?.length ? (
          <SourcesGrid sources={answer.sources} text={answer.text} />
        ) : null}
        {running ? null : (
          <div className="mt-2.5 flex flex-wrap items-center gap-x-2">
            <AnswerActions
              sessionId={sessionId}
              answer={answer}
              onRegenerate={regenerate}
              onQuote={onQuote}
              debug={debug}
            />
            {turn.versions.length > 1 ? (
              <VersionSwitch index={turn.active} count={turn.versions.length} onChange={show} />
            ) : null}
          </div>
        )}
      </article>
    </AnswerContext>
  );
}

function AnswerText({ answer: { text, state } }: { answer: AnswerModel }) {
  const page = useLocale();
  if (text === "") return null;
  return (
    <div
      data-quotable
      lang={foreignLanguage(text, page)}
      className="wrap-anywhere text-chat @max-[680px]/chat:text-dense @max-[460px]/chat:text-chat"
    >
      <Markdown text={text} live={state === "running"} />
    </div>
  );
}

function ContinueButton({ onClick }: { onClick(): void }) {
  const t = useTranslations("turns");
  return (
    <Button size="sm" className="mt-2 ml-2" onClick={onClick}>
      <Icon of={StepForward} size={14} />
      {t("continue")}
    </Button>
  );
}

/** What a reader should know of the answer besides its text. */
function AnswerNotes({ answer, extractive }: { answer: AnswerModel; extractive: boolean }) {
  const t = useTranslations("chat");
  // A greeting quotes nothing.
  const quoted = extractive && answer.state !== "running" && answer.text !== "" && answer.sources?.length;
  const searched = (answer.progress?.agentsTotal ?? 0) > 0;
  const nothingFound = answer.state === "success" && searched && answer.sources?.length === 0;
  return (
    <>
      {answer.state === "aborted" ? <Badge className="mt-2">{t("stopped")}</Badge> : null}
      {answer.cutShort ? <Badge className="mt-2">{t("cutShort")}</Badge> : null}
      {nothingFound ? <p className="mt-2 text-fg2 text-meta">{t("sources.none")}</p> : null}
      {quoted ? <p className="mt-2 text-fg2 text-meta">{t("extractive")}</p> : null}
    </>
  );
}
