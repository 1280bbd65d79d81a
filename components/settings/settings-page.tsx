"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/chat/nav/page-header";
import { RoleGate } from "@/components/chat/page/role-gate";
import { SkeletonRows } from "@/components/ui/skeleton-rows";
import { LangfusePart } from "./langfuse-part";
import { ServerParts } from "./server-parts";
import { useOverview } from "./use-overview";

/**
 * What a developer wants to know of this server before asking why. The page asks who reads it instead of the
 * server: the role's cookie does not come with a visit from a link on another site.
 */
export function SettingsPage() {
  const t = useTranslations("settings");
  return (
    <RoleGate needs="debug" title={t("forbidden")} text={t("forbiddenText")}>
      <Overview />
    </RoleGate>
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
      <PageHeader title={t("title")} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key */}
      <main tabIndex={0} className="min-h-0 flex-1 overflow-y-auto -outline-offset-2">
        <div className="mx-auto grid w-full max-w-[1200px] gap-4 px-6 py-6 max-sm:px-4 max-sm:py-4">
          {children}
        </div>
      </main>
    </div>
  );
}
