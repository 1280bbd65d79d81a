"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Segmented } from "@/components/ui/segmented";
import type { Bucket, Insights } from "@/lib/domain/insights";
import { toDateTag } from "@/lib/i18n/locale";
import { formatCount } from "@/lib/run-view/format";
import { buildTrend, type Measure, type TrendView } from "./build-trend";
import { FigureTable } from "./figure-table";
import { TrendBars } from "./trend-bars";
import { TREND_COLOURS } from "./trend-colours";

/** Bars over time, one colour for each model, and the same as a table. */
export function TrendSection({ insights }: { insights: Insights }) {
  const t = useTranslations("insights.trend");
  const [measure, setMeasure] = useState<Measure>("total_tokens");
  const view = buildTrend(insights, measure);
  const format = useTimeFormat(insights.bucket);
  const max = formatCount(view.max);
  return (
    <section aria-labelledby="trend" className="grid min-w-0 grid-cols-1 gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id="trend" className="flex-1 font-semibold text-dense">
          {t("title")}
        </h2>
        <Segmented<Measure>
          label={t("measure")}
          value={measure}
          segments={[
            { value: "total_tokens", label: t("tokens") },
            { value: "calls", label: t("calls") },
          ]}
          onChange={setMeasure}
        />
      </div>
      <TrendBars view={view} label={t(`chart.${insights.bucket}`, { max })} format={format} />
      <Legend view={view} />
      <TrendTable view={view} format={format} />
    </section>
  );
}

function useTimeFormat(bucket: Bucket): (at: number) => string {
  const locale = useLocale();
  const day = { month: "short", day: "numeric" } as const;
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  // Days are cut in UTC; a local date would name the wrong one west of Greenwich.
  const options =
    bucket === "day" ? { ...day, timeZone: "UTC" } : bucket === "hour" ? { ...day, ...time } : time;
  const formatter = new Intl.DateTimeFormat(toDateTag(locale), options);
  return (at) => formatter.format(at);
}

function Legend({ view: { series } }: { view: TrendView }) {
  const t = useTranslations("insights.trend");
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-fg1 text-meta">
      {series.map(({ model }, at) => (
        <li key={model ?? ""} className="flex min-w-0 items-center gap-1.5">
          <span
            aria-hidden
            className="size-2.5 flex-none rounded-[2px]"
            style={{ background: TREND_COLOURS[at] }}
          />
          <span className="truncate">{model ?? t("other")}</span>
        </li>
      ))}
    </ul>
  );
}

function TrendTable({ view: { starts, series }, format }: { view: TrendView; format(at: number): string }) {
  const t = useTranslations("insights.trend");
  const used = starts.flatMap((start, at) =>
    series.some(({ values }) => values[at]) ? [{ start, at }] : [],
  );
  return (
    <details>
      <summary className="w-fit cursor-pointer rounded-chip text-fg1 text-meta hover:text-fg0">
        {t("table")}
      </summary>
      <div className="pt-2">
        <FigureTable
          caption={t("title")}
          columns={[t("time"), ...series.map(({ model }) => model ?? t("other"))]}
          rows={used.map(({ start, at }) => ({
            key: String(start),
            name: format(start),
            cells: series.map(({ values }) => formatCount(values[at])),
          }))}
        />
      </div>
    </details>
  );
}
