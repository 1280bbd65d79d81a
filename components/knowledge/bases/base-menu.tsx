"use client";

import { Ellipsis, Pencil, RefreshCw, ScanSearch, Trash2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import type { KnowledgeBaseSummary } from "@/lib/domain/knowledge-base-summary";
import { BENCH_PATH } from "../page/knowledge-paths";
import type { BaseAction } from "./base-dialogs";

interface BaseMenuProps {
  base: KnowledgeBaseSummary;
  onAction(action: BaseAction): void;
  /** Indexes all documents again; offered where the progress can be seen. */
  onReindex?: () => void;
}

export function BaseMenu({ base, onAction, onReindex }: BaseMenuProps) {
  const t = useTranslations("knowledge.list");
  return (
    <Menu>
      <MenuTrigger
        aria-label={t("actions", { title: base.title })}
        className="relative grid size-7 flex-none place-items-center rounded-row text-fg1 hover:bg-bg3 hover:text-fg0 max-sm:size-9"
      >
        <Icon of={Ellipsis} />
      </MenuTrigger>
      <MenuContent align="end">
        <MenuItem icon={Pencil} onSelect={() => onAction({ type: "edit", prefix: base.prefix })}>
          {t("edit")}
        </MenuItem>
        <MenuItem asChild>
          <Link href={`${BENCH_PATH}?kb=${base.prefix}`}>
            <Icon of={ScanSearch} size={14} className="text-fg2" />
            {t("test")}
          </Link>
        </MenuItem>
        {onReindex ? (
          <MenuItem icon={RefreshCw} disabled={base.documents === 0} onSelect={onReindex}>
            {t("reindex")}
          </MenuItem>
        ) : null}
        <MenuSeparator />
        <MenuItem icon={Trash2} danger onSelect={() => onAction({ type: "delete", prefix: base.prefix })}>
          {t("delete")}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
