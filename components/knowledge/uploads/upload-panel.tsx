"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useThrottled } from "@/components/chat/page/use-throttled";
import { Button } from "@/components/ui/button";
import { retryJob } from "../data/document-requests";
import { useSave } from "../data/use-save";
import { FailureLine } from "../page/failure-line";
import type { UploadRow } from "./build-upload-rows";
import { UploadLine } from "./upload-line";
import { uploads } from "./uploads";

/** More rows than this are counted, not drawn. */
const SHOWN = 100;
const SAID_EVERY_MS = 3_000;

interface UploadPanelProps {
  kbPrefix: string;
  rows: readonly UploadRow[];
  onDismiss(): void;
}

/** What is on its way into a knowledge base; nothing when nothing is. */
export function UploadPanel({ kbPrefix, rows, onDismiss }: UploadPanelProps) {
  const t = useTranslations("knowledge.uploads");
  const save = useSave();
  const [failure, setFailure] = useState<string | null>(null);
  const open = rows.filter(isOpen);
  const summary = t("summary", {
    done: rows.length - open.length,
    total: rows.length,
    failed: rows.filter(isBad).length,
  });
  const said = useThrottled(rows.length === 0 ? "" : summary, SAID_EVERY_MS);
  const shown = [...open, ...rows.filter(isBad), ...rows.filter((row) => !isOpen(row) && !isBad(row))].slice(
    0,
    SHOWN,
  );
  const retry = async ({ retry }: UploadRow) => {
    if (retry === null) return;
    if ("upload" in retry) uploads.retry(retry.upload);
    else setFailure(await save(() => retryJob(kbPrefix, retry.job)));
  };
  return (
    <>
      <p role="status" className="sr-only">
        {said}
      </p>
      {rows.length > 0 ? (
        <section aria-labelledby="uploads" className="overflow-hidden rounded-card border border-line">
          <header className="flex h-10 items-center gap-2 border-line border-b bg-bg1 pr-2 pl-4 max-sm:pl-3">
            <h2 id="uploads" className="font-semibold">
              {t("title")}
            </h2>
            <span className="min-w-0 flex-1 truncate text-fg2 text-meta tabular-nums">{summary}</span>
            {open.length < rows.length ? (
              <Button variant="ghost" size="sm" onClick={onDismiss}>
                {t("clear")}
              </Button>
            ) : null}
          </header>
          <FailureLine message={failure} className="px-4 py-2" />
          <ul
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            tabIndex={0}
            aria-labelledby="uploads"
            className="max-h-80 overflow-auto focus-visible:-outline-offset-2"
          >
            {shown.map((row) => (
              <UploadLine key={row.key} row={row} onRetry={() => void retry(row)} />
            ))}
          </ul>
          {rows.length > SHOWN ? (
            <p className="border-line border-t px-4 py-2 text-fg2 text-meta">
              {t("more", { count: rows.length - SHOWN })}
            </p>
          ) : null}
        </section>
      ) : null}
    </>
  );
}

function isOpen({ state }: UploadRow): boolean {
  return state === "waiting" || state === "sending" || state === "queued" || state === "running";
}

function isBad({ state }: UploadRow): boolean {
  return state === "failed" || state === "refused";
}
