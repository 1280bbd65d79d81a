"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";

interface VersionSwitchProps {
  /** From 0. */
  index: number;
  count: number;
  onChange(index: number): void;
}

export function VersionSwitch({ index, count, onChange }: VersionSwitchProps) {
  const t = useTranslations("chat.versions");
  return (
    // biome-ignore lint/a11y/useSemanticElements: not a fieldset of a form
    <div role="group" aria-label={t("label")} className="inline-flex items-center text-fg1 text-meta">
      <IconButton
        size="sm"
        icon={ChevronLeft}
        label={t("previous")}
        disabled={index === 0}
        onClick={() => onChange(index - 1)}
      />
      <span aria-live="polite" className="min-w-8.5 text-center tabular-nums">
        {t("position", { index: index + 1, count })}
      </span>
      <IconButton
        size="sm"
        icon={ChevronRight}
        label={t("next")}
        disabled={index === count - 1}
        onClick={() => onChange(index + 1)}
      />
    </div>
  );
}
