"use client";

import { ChartColumn, Library, Search, SlidersHorizontal, SquarePen } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";
import { useMe } from "../data/use-me";
import { useShortcutLabel } from "../use-shortcut-label";

const ROW = "flex h-8 w-full items-center gap-2 rounded-row transition-colors max-sm:h-11";

interface NavActionsProps {
  onNewChat(): void;
  onSearch(): void;
}

export function NavActions({ onNewChat, onSearch }: NavActionsProps) {
  const t = useTranslations("nav");
  const roles = useMe()?.roles ?? [];
  const label = useShortcutLabel();
  return (
    <div className="grid gap-1 px-2 pt-1 pb-2">
      <button
        type="button"
        onClick={onNewChat}
        className={`${ROW} border border-line2 bg-bg0 px-[7px] font-medium text-fg0 shadow-control hover:bg-bg2`}
      >
        <Icon of={SquarePen} />
        {t("newChat")}
        <Kbd bare className="ml-auto">
          {label("newChat")}
        </Kbd>
      </button>
      <button type="button" onClick={onSearch} className={`${ROW} px-2 text-fg1 hover:bg-bg2 hover:text-fg0`}>
        <Icon of={Search} />
        {t("search")}
        <Kbd bare className="ml-auto">
          {label("search")}
        </Kbd>
      </button>
      {roles.includes("admin") ? (
        <Link href="/knowledge" className={`${ROW} px-2 text-fg1 hover:bg-bg2 hover:text-fg0`}>
          <Icon of={Library} />
          {t("knowledge")}
        </Link>
      ) : null}
      {roles.includes("debug") ? (
        <Link href="/insights" className={`${ROW} px-2 text-fg1 hover:bg-bg2 hover:text-fg0`}>
          <Icon of={ChartColumn} />
          {t("insights")}
        </Link>
      ) : null}
      {roles.includes("debug") ? (
        <Link href="/settings" className={`${ROW} px-2 text-fg1 hover:bg-bg2 hover:text-fg0`}>
          <Icon of={SlidersHorizontal} />
          {t("settings")}
        </Link>
      ) : null}
    </div>
  );
}
