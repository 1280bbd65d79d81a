"use client";

import { useTranslations } from "next-intl";
import { useMe } from "../data/use-me";

/** Tells a reader in one line when requests are kept where others can read them. */
export function RecordingNote() {
  const t = useTranslations("chat.recording");
  const recording = useMe()?.recording;
  const debug = recording?.debug === "all";
  const langfuse = recording?.langfuse === true;
  if (!debug && !langfuse) return null;
  return (
    <p className="mt-1.5 text-center text-fg2 text-label">
      {t(debug && langfuse ? "both" : debug ? "debug" : "langfuse")}
    </p>
  );
}
