"use client";

import { useTranslations } from "next-intl";

/** The longest question that the server takes, after trimming. */
export const MAX_CHARACTERS = 8_000;
/** From here on the count is shown. */
const NEAR = 7_500;

/** Why a question cannot be sent, or will soon be too long. */
export function ComposerNotice({ length, online }: { length: number; online: boolean }) {
  const t = useTranslations("composer");
  const over = length - MAX_CHARACTERS;
  return (
    <p className="min-w-0 flex-1 px-1 text-right text-meta" role="status">
      {online ? null : <span className="text-warn">{t("offline")}</span>}
      {online && over > 0 ? (
        <span className="font-medium text-err">{t("tooLong", { count: over })}</span>
      ) : null}
      {online && over <= 0 && length >= NEAR ? (
        <span className="text-fg2 tabular-nums">{t("count", { count: length, max: MAX_CHARACTERS })}</span>
      ) : null}
    </p>
  );
}
