"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import type { AnswerError as Failure } from "./answer-model";

interface AnswerErrorProps {
  error: Failure;
  /** The server's own sentence is for those who can act on it. */
  detailed: boolean;
  /** null while it cannot be done (another answer is being made). */
  onRetry: (() => void) | null;
}

export function AnswerError({ error, detailed, onRetry }: AnswerErrorProps) {
  const t = useTranslations();
  const sentence = useSentence(error);
  const detail = detailed && error.code !== "rejected" ? error.message : "";
  return (
    <div
      role="alert"
      className="mt-3 flex items-start gap-2 rounded-card border border-err-line bg-err-bg px-3 py-2"
    >
      <Icon of={TriangleAlert} className="mt-0.5 text-err" />
      <div className="min-w-0 flex-1 py-px">
        <p>{sentence}</p>
        {detail ? <p className="wrap-anywhere text-fg1 text-meta">{detail}</p> : null}
      </div>
      {error.retry && onRetry ? (
        <Button size="sm" onClick={onRetry}>
          {t("common.retry")}
        </Button>
      ) : null}
    </div>
  );
}

function useSentence({ code, message, limit }: Failure): string {
  const t = useTranslations();
  if (limit) return t(`limits.${limit}`);
  return code === "rejected" ? t("chat.error.rejected", { message }) : t(`chat.error.${code}`);
}
