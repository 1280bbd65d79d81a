"use client";

import { Bug, Check, Copy, RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { useCopy } from "@/components/ui/use-copy";
import type { AnswerModel } from "./answer-model";
import { FeedbackButtons } from "./feedback-buttons";
import { toMarkdown } from "./to-markdown";

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
  /** null without the debug role. */
  debug: DebugAccess | null;
}

export function AnswerActions({ sessionId, answer, onRegenerate, debug }: AnswerActionsProps) {
  const t = useTranslations();
  const { copied, copy } = useCopy();
  const { requestId, feedback } = answer;
  const copyAnswer = () => copy(toMarkdown(answer, t("chat.sources.title"), window.location.origin));
  return (
    // biome-ignore lint/a11y/useSemanticElements: not a fieldset of a form
    <div
      role="group"
      aria-label={t("chat.actions.label")}
      className="-ml-1.5 flex flex-wrap items-center gap-0.5"
    >
      <IconButton
        icon={copied ? Check : Copy}
        label={copied ? t("common.copied") : t("chat.actions.copy")}
        onClick={copyAnswer}
      />
      <IconButton
        icon={RefreshCw}
        label={t("chat.actions.regenerate")}
        disabled={onRegenerate === null}
        onClick={onRegenerate ?? undefined}
      />
      {requestId ? <FeedbackButtons sessionId={sessionId} requestId={requestId} feedback={feedback} /> : null}
      {debug && requestId ? <DebugButton requestId={requestId} debug={debug} /> : null}
      <span role="status" className="sr-only">
        {copied ? t("common.copied") : ""}
      </span>
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
        className={cn(
          "px-2 text-meta max-sm:h-9",
          inspecting && "bg-accent-bg text-accent hover:bg-accent-bg hover:text-accent",
        )}
      >
        <Icon of={Bug} />
        {inspecting ? t("inspecting") : t("debug")}
      </Button>
    </>
  );
}
