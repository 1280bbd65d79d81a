"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { PageHeader } from "@/components/chat/nav/page-header";
import { RoleGate } from "@/components/chat/page/role-gate";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Segmented } from "@/components/ui/segmented";
import { SkeletonRows } from "@/components/ui/skeleton-rows";
import { InsightsView } from "./insights-view";
import { type InsightsHandle, useInsights } from "./use-insights";

const SINCE = ["1h", "24h", "7d", "30d"] as const;

/** Figures of all requests. Asks who reads it: the role's cookie does not come with a link from elsewhere. */
export function InsightsPage() {
  const t = useTranslations("insights");
  return (
    <RoleGate needs="debug" title={t("forbidden")} text={t("forbiddenText")}>
      <Figures />
    </RoleGate>
  );
}

function Figures() {
  const t = useTranslations();
  const [since, setSince] = useQueryState("since", parseAsStringLiteral(SINCE).withDefault("24h"));
  const handle = useInsights(since);
  return (
    <div className="min-h-dvh">
      <PageHeader title={t("insights.title")} />
      <main className="mx-auto grid w-full grid-cols-1 max-w-[1200px] gap-6 px-6 py-5 max-sm:px-4">
        <div className="flex flex-wrap items-center gap-2">
          <Segmented
            label={t("insights.since.label")}
            value={since}
            segments={SINCE.map((value) => ({ value, label: t(`insights.since.${value}`) }))}
            onChange={(value) => void setSince(value)}
          />
          <Button size="sm" onClick={handle.refresh} disabled={handle.loading}>
            <Icon of={RotateCw} size={14} />
            {t("insights.refresh")}
          </Button>
        </div>
        <Loaded {...handle} />
      </main>
    </div>
  );
}

function Loaded({ insights, loading, failed, refresh }: InsightsHandle) {
  const t = useTranslations();
  if (failed) {
    return (
      <div role="alert" className="grid justify-items-start gap-2">
        <p>{t("common.notLoaded")}</p>
        <Button onClick={refresh}>{t("common.retry")}</Button>
      </div>
    );
  }
  if (!insights) return <SkeletonRows rows={6} label={t("common.loading")} />;
  return (
    <div
      aria-busy={loading}
      className="grid min-w-0 grid-cols-1 gap-6 transition-opacity aria-busy:opacity-60"
    >
      <InsightsView insights={insights} />
    </div>
  );
}
