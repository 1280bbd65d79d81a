"use client";

import { useTranslations } from "next-intl";
import { GENERAL_KB } from "@/lib/domain/general-kb";
import { spaceHanLatin } from "@/lib/i18n/space-han-latin";
import { formatDuration } from "@/lib/run-view/format";
import { kbTitle, useKnowledgeBases } from "../data/use-knowledge-bases";
import type { AnswerModel } from "./answer-model";

/** What the progress line says, in its parts; the same words are read out by screen readers. */
export function useProgressParts({ state, progress, reconnecting }: AnswerModel): string[] {
  const t = useTranslations("chat");
  const files = useTranslations("attachments");
  const knowledgeBases = useKnowledgeBases();
  if (!progress) return [];
  const { kbPrefix, agentsDone: done, agentsFailed, agentsTotal, retrieved, used, durationMs } = progress;
  const running = state === "running";
  const parts: string[] = [];
  // Without a knowledge base, only the files of the chat can have been searched.
  if (kbPrefix === GENERAL_KB) parts.push(agentsTotal ? files("searched") : t("progress.general"));
  else if (kbPrefix)
    parts.push(t("progress.routed", { kb: kbTitle(kbPrefix, knowledgeBases, t("kb.general")) }));
  else if (running) parts.push(t("progress.routing"));
  if (agentsTotal) {
    parts.push(t("progress.retrievers", { done, total: agentsTotal }));
    if (agentsFailed > 0) parts.push(t("progress.failed", { count: agentsFailed }));
    if (!running && used !== null) parts.push(t("progress.used", { used, retrieved }));
    else if (retrieved > 0) parts.push(t("progress.passages", { count: retrieved }));
  }
  if (reconnecting) parts.push(t("progress.reconnecting"));
  if (!running && durationMs !== null) parts.push(formatDuration(durationMs));
  return parts.map(spaceHanLatin);
}
