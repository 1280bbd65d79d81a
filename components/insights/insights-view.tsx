import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Insights } from "@/lib/domain/insights";
import { formatCost, formatCount, UNKNOWN } from "@/lib/run-view/format";
import { GroupsTable } from "./groups-table";
import { LatencyTable } from "./latency-table";
import { ModelsTable } from "./models-table";
import { TrendSection } from "./trend-section";

const HOUR_MS = 3_600_000;

/** All figures of a time: what they are of, the sums, then one table or drawing for each question. */
export function InsightsView({ insights }: { insights: Insights }) {
  const t = useTranslations("insights");
  return (
    <>
      <SourceNote insights={insights} />
      {insights.requests === 0 ? <p className="text-fg1">{t("none")}</p> : <Sections insights={insights} />}
    </>
  );
}

function Sections({ insights }: { insights: Insights }) {
  const { routes, agents, knowledge_bases } = insights;
  return (
    <>
      <Tiles insights={insights} />
      <TrendSection insights={insights} />
      <ModelsTable models={insights.models} />
      <LatencyTable insights={insights} />
      <GroupsTable kind="knowledge_bases" groups={knowledge_bases} />
      <GroupsTable kind="agents" groups={agents} />
      <GroupsTable kind="routes" groups={routes} />
    </>
  );
}

function SourceNote({ insights: { source, fallback_reason, from, to, complete } }: { insights: Insights }) {
  const t = useTranslations("insights.source");
  const hours = Math.max(1, Math.round((to - from) / HOUR_MS));
  return (
    <div role="status" className="grid gap-1 text-fg1">
      {fallback_reason === null ? (
        <p>{source === "langfuse" ? t("langfuse") : t("store", { hours })}</p>
      ) : (
        <p className="text-warn">{t("fallback", { reason: fallback_reason })}</p>
      )}
      {complete ? null : <p className="text-warn">{t("incomplete")}</p>}
    </div>
  );
}

function Tiles({ insights }: { insights: Insights }) {
  const t = useTranslations("insights.tile");
  const { requests, errors, aborted, total_tokens, cost_usd, thumbs } = insights;
  return (
    <dl className="grid grid-cols-5 gap-px overflow-hidden rounded-bubble border border-line bg-line max-md:grid-cols-2">
      <Tile label={t("requests")} note={aborted > 0 ? t("aborted", { n: aborted }) : null}>
        {formatCount(requests)}
      </Tile>
      <Tile label={t("failed")} note={formatCount(errors)}>
        {formatShare(errors / requests)}
      </Tile>
      <Tile label={t("tokens")}>{formatCount(total_tokens)}</Tile>
      <Tile label={t("cost")}>{formatCost(cost_usd)}</Tile>
      <Tile label={t("thumbs")} className="max-md:col-span-2">
        {thumbs ? <span className="text-dense">{t("thumbsValue", thumbs)}</span> : UNKNOWN}
      </Tile>
    </dl>
  );
}

interface TileProps {
  label: string;
  note?: string | null;
  className?: string;
  children: ReactNode;
}

function Tile({ label, note, className, children }: TileProps) {
  return (
    <div className={`bg-bg0 px-3.5 py-3 ${className ?? ""}`}>
      <dt className="text-fg2 text-label">{label}</dt>
      <dd className="flex min-h-7 flex-wrap items-baseline gap-x-2 font-semibold text-title tabular-nums">
        {children}
        {note ? <span className="font-normal text-fg2 text-meta">{note}</span> : null}
      </dd>
    </div>
  );
}

function formatShare(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
}
