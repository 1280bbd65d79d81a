"use client";

import { Book, ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { Menu, MenuChoice, MenuContent, MenuRadioGroup, MenuTrigger } from "@/components/ui/menu";
import type { KnowledgeBaseSummary } from "@/lib/domain/knowledge-base-summary";

interface BaseSelectProps {
  value: string;
  /** undefined while loading */
  bases: readonly KnowledgeBaseSummary[] | undefined;
  onChange(prefix: string): void;
}

/** The knowledge base that is searched; a prefix that is not there (any more) is shown as it is. */
export function BaseSelect({ value, bases, onChange }: BaseSelectProps) {
  const t = useTranslations();
  const title = bases?.find(({ prefix }) => prefix === value)?.title ?? value;
  return (
    <Menu>
      <MenuTrigger className="inline-flex h-7 min-w-0 max-w-64 items-center gap-1.5 rounded-row border border-line2 px-2 font-medium transition-colors hover:bg-bg2 max-sm:h-9">
        <Icon of={Book} className="text-fg2" />
        <span className="sr-only">{t("chat.kb.label")}</span>
        <span className="truncate">{title || t("common.loading")}</span>
        <Icon of={ChevronDown} size={14} className="text-fg2" />
      </MenuTrigger>
      <MenuContent className="w-80">
        <MenuRadioGroup value={value} onValueChange={onChange}>
          {bases?.map((base) => (
            <MenuChoice
              key={base.prefix}
              value={base.prefix}
              title={base.title}
              detail={t("knowledge.list.passages", { count: base.passages })}
            />
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}
