"use client";

import { Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import type { KnowledgeBaseDetail } from "@/lib/domain/knowledge-base";

const SHOWN_KEYWORDS = 16;

/** What a knowledge base is about, and what the router knows of it. */
export function BaseFacts({ base, onEdit }: { base: KnowledgeBaseDetail; onEdit(): void }) {
  const t = useTranslations("knowledge");
  const { prefix, description, origin, documents, passages, keywords, suggested } = base;
  return (
    <section aria-label={t("base.about")} className="grid gap-3">
      <div className="flex items-start gap-3">
        <div className="grid min-w-0 flex-1 gap-1">
          <p className="max-w-[80ch] break-words text-dense text-fg1">
            {description || t("base.noDescription")}
          </p>
          <p className="flex flex-wrap gap-x-3 text-fg2 text-meta tabular-nums">
            <span className="mono">{prefix}</span>
            <span>{t("list.documents", { count: documents })}</span>
            <span>{t("list.passages", { count: passages })}</span>
            {origin === "bundled" ? <span>{t("base.bundled")}</span> : null}
          </p>
        </div>
        <Button onClick={onEdit}>
          <Icon of={Pencil} size={14} />
          {t("list.edit")}
        </Button>
      </div>
      {keywords.length + suggested.length > 0 ? (
        <dl className="grid gap-3 rounded-card bg-bg1 px-4 py-3 max-sm:px-3">
          {keywords.length > 0 ? (
            <Fact label={t("form.keywords")}>
              <Keywords keywords={keywords} />
            </Fact>
          ) : null}
          {suggested.length > 0 ? (
            <Fact label={t("form.suggested")}>
              <ul className="grid gap-x-6 sm:grid-cols-2">
                {suggested.map((question) => (
                  <li key={question} className="truncate text-fg1" title={question}>
                    {question}
                  </li>
                ))}
              </ul>
            </Fact>
          ) : null}
        </dl>
      ) : null}
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-1 sm:grid-cols-[136px_minmax(0,1fr)]">
      <dt className="text-fg2 text-meta leading-[1.25rem]">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Keywords({ keywords }: { keywords: readonly string[] }) {
  const t = useTranslations();
  const [all, setAll] = useState(false);
  const shown = all ? keywords : keywords.slice(0, SHOWN_KEYWORDS);
  return (
    <ul className="flex flex-wrap gap-1">
      {shown.map((keyword) => (
        <li
          key={keyword}
          className="max-w-full truncate rounded-chip bg-bg3 px-1.5 text-meta leading-[1.25rem]"
        >
          {keyword}
        </li>
      ))}
      {keywords.length > SHOWN_KEYWORDS ? (
        <li>
          <button
            type="button"
            aria-expanded={all}
            onClick={() => setAll(!all)}
            className="rounded-chip px-1 text-accent text-meta leading-[1.25rem] hover:underline"
          >
            {all ? t("chat.sources.showLess") : t("chat.sources.showAll", { count: keywords.length })}
          </button>
        </li>
      ) : null}
    </ul>
  );
}
