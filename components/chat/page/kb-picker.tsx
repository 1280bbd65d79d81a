"use client";

import { Book, ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import {
  Menu,
  MenuChoice,
  MenuContent,
  MenuRadioGroup,
  MenuSeparator,
  MenuTrigger,
} from "@/components/ui/menu";
import { GENERAL_KB } from "@/lib/domain/general-kb";
import { kbTitle, useKnowledgeBases } from "../data/use-knowledge-bases";

export const AUTO_KB = "auto";

interface KbPickerProps {
  value: string;
  /** Where the last question was routed to. */
  resolved: string | null;
  onChange(prefix: string): void;
}

/** Which knowledge base the next question goes to: chosen for it, none, or one for all questions. */
export function KbPicker({ value, resolved, onChange }: KbPickerProps) {
  const t = useTranslations("chat.kb");
  const knowledgeBases = useKnowledgeBases();
  const nameOf = (prefix: string) =>
    prefix === AUTO_KB ? t("auto") : kbTitle(prefix, knowledgeBases, t("general"));
  const routed = value === AUTO_KB && resolved !== null ? nameOf(resolved) : null;
  return (
    <Menu>
      <MenuTrigger className="inline-flex h-7 min-w-0 items-center gap-1.5 rounded-row border border-line2 px-2 font-medium transition-colors hover:bg-bg2 max-sm:h-8">
        <Icon of={Book} className="text-fg2" />
        <span className="sr-only">{t("label")}</span>
        {/* "Auto" is short: where it led gives way first. */}
        <span className={routed ? "flex-none" : "truncate"}>{nameOf(value)}</span>
        {routed ? <span className="truncate font-normal text-fg2">{routed}</span> : null}
        <Icon of={ChevronDown} size={14} className="text-fg2" />
      </MenuTrigger>
      <MenuContent className="w-80">
        <MenuRadioGroup value={value} onValueChange={onChange}>
          <MenuChoice value={AUTO_KB} title={t("auto")} detail={t("autoDetail")} />
          {knowledgeBases?.map((kb) => (
            <MenuChoice
              key={kb.prefix}
              value={kb.prefix}
              title={kb.title}
              detail={kb.description || t("passages", { count: kb.passages })}
              disabled={kb.passages === 0}
            />
          ))}
          <MenuSeparator />
          <MenuChoice value={GENERAL_KB} title={t("general")} detail={t("generalDetail")} />
        </MenuRadioGroup>
        {knowledgeBases?.length === 0 ? <p className="px-2 py-1.5 text-fg2 text-meta">{t("none")}</p> : null}
      </MenuContent>
    </Menu>
  );
}
