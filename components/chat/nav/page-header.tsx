"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { LanguageSwitch } from "./language-switch";
import { ThemeSwitch } from "./theme-switch";

/** The head of a page beside the chat, and its title in the browser: the way back, language and theme. */
export function PageHeader({ title }: { title: string }) {
  const t = useTranslations();
  return (
    <header className="flex-none border-line border-b">
      <title>{`${title} · ${t("common.app")}`}</title>
      <div className="mx-auto flex min-h-12 w-full max-w-[1200px] flex-wrap items-center gap-x-2 gap-y-1 px-6 py-1.5 max-sm:px-4">
        <Link
          href="/"
          aria-label={t("document.back")}
          className="-ml-1.5 inline-grid size-7 place-items-center rounded-row text-fg1 hover:bg-bg3 hover:text-fg0 max-sm:size-9"
        >
          <Icon of={ArrowLeft} />
        </Link>
        <h1 className="min-w-0 flex-1 truncate font-semibold text-dense">{title}</h1>
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
    </header>
  );
}
