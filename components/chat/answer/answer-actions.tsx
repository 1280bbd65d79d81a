"use client";

import { Bug, RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import type { AnswerModel } from "./answer-model";
import { CopyMenu } from "./copy-menu";
import { FeedbackButtons } from "./feedback-buttons";

/** What the debug panel shows now, and how to make it show another answer. */
export interface DebugAccess {
  inspectedId: string | null;
  inspect(requestId: string): void;
}

interface AnswerActionsProps {
  sessionId: string;
  answer: AnswerModel;
  /** null while another answer is being made. */
  onRegenerate: (() => void) | null;
  onQuote(text: string): void;
  /** null without the debug role. */
  debug: DebugAccess | null;
}

export function AnswerActions({ sessionId, answer, onRegenerate, onQuote, debug }: AnswerActionsProps) {
  const t = useTranslations();
  const { requestId, feedback } = answer;
  return (
    // biome-ignore lint/a11y/useSemanticElements: not a fieldset of a form
    <div
      role="group"
      aria-label={t("chat.actions.label")}
      className="-ml-1.5 flex flex-wrap items-center gap-0.5"
    >
      <CopyMenu answer={answer} onQuote={() => onQuote(answer.text)} />
      <IconButton
        icon={RefreshCw}
        label={t("chat.actions.regenerate")}
        disabled={onRegenerate === null}
        onClick={onRegenerate ?? undefined}
      />
      {requestId ? <FeedbackButtons sessionId={sessionId} requestId={requestId} feedback={feedback} /> : null}
      {debug && requestId ? <DebugButton requestId={requestId} debug={debug} /> : null}
    </div>
  );
}

function DebugButton({ requestId, debug }: { requestId: string; debug: DebugAccess }) {
  const t = useTranslations("chat.actions");
  const inspecting = debug.inspectedId === requestId;
  return (
    <>
      <span aria-hidden className="mx-1.5 h-4 w-px bg-line" />
      <Button
        variant="ghost"
        data-debug-for={requestId}
        aria-pressed={inspecting}
        onClick={() => debug.inspect(requestId)}
        className={cn("px-2! text-meta max-sm:h-9!", inspecting && "bg-accent-bg! text-accent!")}
      >
        <Icon of={Bug} />
        {inspecting ? t("inspecting") : t("debug")}
      </Button>
    </>
  );
}
