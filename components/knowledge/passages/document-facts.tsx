"use client";

import { BookOpen } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Switch } from "@/components/ui/switch";
import type { DocumentDetail, Job } from "@/lib/domain/job";
import { setDocumentEnabled } from "../data/document-requests";
import { useSave } from "../data/use-save";
import { FailureLine } from "../page/failure-line";
import { formatBytes } from "../page/format-bytes";
import { formatDate } from "../page/format-date";
import { readingPath } from "../page/knowledge-paths";
import { JobFault } from "../uploads/job-fault";
import { StageBar } from "../uploads/stage-bar";

interface DocumentFactsProps {
  kbPrefix: string;
  document: DocumentDetail;
}

/** What a document is, whether it is searched, and how long its indexing took. */
export function DocumentFacts({ kbPrefix, document }: DocumentFactsProps) {
  const t = useTranslations("knowledge");
  const locale = useLocale();
  const save = useSave();
  const [failure, setFailure] = useState<string | null>(null);
  const { document_id, title, name, format, pages, bytes, passages, enabled, updated_at, job } = document;
  const toggle = async (next: boolean) =>
    setFailure(await save(() => setDocumentEnabled(kbPrefix, document_id, next)));
  return (
    <section aria-label={t("passages.about")} className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="grid min-w-60 flex-1 gap-1">
          <p className="mono truncate text-fg1">{name}</p>
          <p className="flex flex-wrap gap-x-3 text-fg2 text-meta tabular-nums">
            <span>{t(`format.${format}`)}</span>
            {pages === null ? null : <span>{t("passages.pages", { count: pages })}</span>}
            <span>{formatBytes(bytes)}</span>
            <span>{t("list.passages", { count: passages })}</span>
            <span>{`${t("list.updated")} ${formatDate(updated_at, locale)}`}</span>
          </p>
        </div>
        <span className="flex items-center gap-1">
          <Switch
            label={t("documents.enabled", { title })}
            checked={enabled}
            onCheckedChange={(next) => void toggle(next)}
          />
          <span aria-hidden className="text-fg1">
            {enabled ? t("documents.on") : t("documents.off")}
          </span>
        </span>
        <Button asChild>
          <a href={readingPath(document_id)} target="_blank" rel="noopener">
            <Icon of={BookOpen} size={14} />
            {t("documents.read")}
          </a>
        </Button>
      </div>
      <FailureLine message={failure} />
      {job ? <LastJob job={job} /> : null}
    </section>
  );
}

function LastJob({ job }: { job: Job }) {
  const t = useTranslations("knowledge");
  return (
    <div className="grid gap-1 rounded-card bg-bg1 px-4 py-3 max-sm:px-3">
      <p className="text-fg2 text-meta">
        {t("passages.lastJob")}
        {job.state === "done" ? null : ` · ${t(`uploads.state.${job.state}`)}`}
      </p>
      <StageBar job={job} />
      {job.error ? (
        <p className="text-err">
          <JobFault job={job} />
        </p>
      ) : null}
    </div>
  );
}
