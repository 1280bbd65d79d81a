"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { KnowledgeBaseSummary } from "@/lib/domain/knowledge-base-summary";
import { formatDate } from "../page/format-date";
import { basePath } from "../page/knowledge-paths";
import type { BaseAction } from "./base-dialogs";
import { BaseMenu } from "./base-menu";

interface BaseRowProps {
  base: KnowledgeBaseSummary;
  onAction(action: BaseAction): void;
}

/** One knowledge base: its name is the link, the whole row leads there. */
export function BaseRow({ base, onAction }: BaseRowProps) {
  const t = useTranslations("knowledge.list");
  const locale = useLocale();
  return (
    <li className="relative flex items-center gap-4 border-line px-4 py-3 transition-colors not-first:border-t hover:bg-bg1 max-sm:gap-2 max-sm:pr-2">
      <span className="grid min-w-0 flex-1 gap-0.5">
        <span className="flex min-w-0 items-baseline gap-2">
          <Link
            href={basePath(base.prefix)}
            className="truncate font-semibold text-dense after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-row focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
          >
            {base.title}
          </Link>
          <span className="mono flex-none text-fg2">{base.prefix}</span>
        </span>
        {base.description ? <span className="truncate text-fg1">{base.description}</span> : null}
        <span className="flex flex-wrap gap-x-3 text-fg2 text-meta tabular-nums">
          <span>{t("documents", { count: base.documents })}</span>
          <span>{t("passages", { count: base.passages })}</span>
          <span>{`${t("updated")} ${formatDate(base.updated_at, locale)}`}</span>
        </span>
      </span>
      <BaseMenu base={base} onAction={onAction} />
    </li>
  );
}
