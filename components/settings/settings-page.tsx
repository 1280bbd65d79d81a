"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useMe } from "@/components/chat/data/use-me";
import { LanguageSwitch } from "@/components/chat/nav/language-switch";
import { ThemeSwitch } from "@/components/chat/nav/theme-switch";
import { RetryWithRole } from "@/components/chat/page/retry-with-role";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { NoticePage } from "@/components/ui/notice-page";
import { SkeletonRows } from "@/components/ui/skeleton-rows";
import { LangfusePart } from "./langfuse-part";
import { ServerParts } from "./server-parts";
import { useOverview } from "./use-overview";

/**
 * What a developer wants to know of this server before asking why. The page asks who reads it instead of the
 * server: the role's cookie does not come with a visit from a link on another site.
 */
export function SettingsPage() {
  const t = useTranslations();
  const me = useMe();
  return (
    <>
      <title>{`${t("settings.title")} · ${t("common.app")}`}</title>
      {me === null ? null : me.roles.includes("debug") ? <Overview /> : <Forbidden />}
    </>
  );
}

function Forbidden() {
  const t = useTranslations();
  return (
    <NoticePage title={t("settings.forbidden")} text={t("settings.forbiddenText")}>
      <RetryWithRole />
      <Button asChild variant="primary">
        <Link href="/">{t("document.back")}</Link>
      </Button>
    </NoticePage>
  );
}

function Overview() {
  const t = useTranslations("settings");
  const { overview, failed } = useOverview();
  return (
    <Frame>
      <p className="text-fg1">{t("lead")}</p>
      {failed ? (
        <p role="alert" className="rounded-card border border-warn-line bg-warn-bg px-3 py-2 text-fg0">
          {t(overview ? "stale" : "failed")}
        </p>
      ) : null}
      {overview ? (
        <>
          <LangfusePart langfuse={overview.langfuse} />
          <ServerParts overview={overview} />
        </>
      ) : failed ? null : (
        <SkeletonRows rows={6} label={t("loading")} />
      )}
    </Frame>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const t = useTranslations("settings");
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <header className="flex-none border-line border-b">
        <div className="mx-auto flex h-12 w-full max-w-[960px] items-center gap-2 px-6 max-sm:px-3">
          <Link
            href="/"
            aria-label={t("back")}
            className="inline-grid size-8 place-items-center rounded-row text-fg1 hover:bg-bg2 hover:text-fg0 max-sm:size-9"
          >
            <Icon of={ArrowLeft} />
          </Link>
          <h1 className="min-w-0 flex-1 truncate font-semibold text-dense">{t("title")}</h1>
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key */}
      <main tabIndex={0} className="min-h-0 flex-1 overflow-y-auto -outline-offset-2">
        <div className="mx-auto grid w-full max-w-[960px] gap-4 px-6 py-6 max-sm:px-4 max-sm:py-4">
          {children}
        </div>
      </main>
    </div>
  );
}
