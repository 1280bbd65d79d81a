"use client";

import { useTranslations } from "next-intl";
import { MAX_QUESTION } from "@/lib/domain/question-limit";

/** From here on the count is shown. */
const NEAR = 7_500;

interface ComposerNoticeProps {
  length: number;
  online: boolean;
  /** A file has to be read first. */
  reading: boolean;
}

/** Why a question cannot be sent, or will soon be too long. */
export function ComposerNotice({ length, online, reading }: ComposerNoticeProps) {
  const t = useTranslations("composer");
  const files = useTranslations("attachments");
  const over = length - MAX_QUESTION;
  return (
    <p className="min-w-0 flex-1 px-1 text-right text-meta" role="status">
      {online ? null : <span className="text-warn">{t("offline")}</span>}
      {online && over > 0 ? (
        <span className="font-medium text-err">{t("tooLong", { count: over })}</span>
      ) : null}
      {online && over <= 0 && length >= NEAR ? (
        <span className="text-fg2 tabular-nums">{t("count", { count: length, max: MAX_QUESTION })}</span>
      ) : null}
      {online && over <= 0 && reading ? <span className="text-fg2">{files("wait")}</span> : null}
    </p>
  );
}
