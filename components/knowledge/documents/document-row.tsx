"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { Switch } from "@/components/ui/switch";
import type { DocumentSummary } from "@/lib/domain/document";
import { setDocumentEnabled } from "../data/document-requests";
import { useSave } from "../data/use-save";
import { FailureLine } from "../page/failure-line";
import { formatBytes } from "../page/format-bytes";
import { formatDate } from "../page/format-date";
import { documentAdminPath } from "../page/knowledge-paths";
import { DeleteDocumentDialog } from "./delete-document-dialog";
import { DocumentMenu } from "./document-menu";

interface DocumentRowProps {
  kbPrefix: string;
  document: DocumentSummary;
}

/** One document: its name is the link to its passages, the switch says whether it is searched. */
export function DocumentRow({ kbPrefix, document }: DocumentRowProps) {
  const t = useTranslations("knowledge");
  const locale = useLocale();
  const save = useSave();
  const [failure, setFailure] = useState<string | null>(null);
  const [deleting, setDeleting] = useState(false);
  const [pending, setPending] = useState<boolean | null>(null);
  const enabled = pending ?? document.enabled;
  const { document_id, title, name, passages, bytes, updated_at } = document;
  const toggle = async (next: boolean) => {
    setPending(next);
    setFailure(await save(() => setDocumentEnabled(kbPrefix, document_id, next)));
    setPending(null);
  };
  return (
    <li className="relative grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 border-line px-3 py-2 transition-colors not-first:border-t hover:bg-bg1 max-sm:px-2">
      <Switch
        label={t("documents.enabled", { title })}
        checked={enabled}
        onCheckedChange={(next) => void toggle(next)}
        className="z-1"
      />
      <span
        className={cn(
          "grid min-w-0 items-baseline gap-x-4 sm:grid-cols-[minmax(0,1fr)_auto]",
          !enabled && "text-fg2",
        )}
      >
        <span className="grid min-w-0">
          <Link
            href={documentAdminPath(kbPrefix, document_id)}
            className="truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
          >
            {title}
          </Link>
          <span className="mono truncate text-fg2">{name}</span>
        </span>
        <span className="flex flex-wrap gap-x-3 text-fg2 text-meta tabular-nums sm:justify-end">
          {enabled ? null : <span>{t("documents.off")}</span>}
          <span>{t("list.passages", { count: passages })}</span>
          <span className="sm:w-14 sm:text-right">{formatBytes(bytes)}</span>
          <span className="sm:w-36 sm:text-right">{formatDate(updated_at, locale)}</span>
        </span>
      </span>
      <DocumentMenu
        kbPrefix={kbPrefix}
        document={document}
        onDelete={() => setDeleting(true)}
        onFailure={setFailure}
      />
      <FailureLine message={failure} className="col-span-3" />
      {deleting ? (
        <DeleteDocumentDialog kbPrefix={kbPrefix} document={document} onClose={() => setDeleting(false)} />
      ) : null}
    </li>
  );
}
