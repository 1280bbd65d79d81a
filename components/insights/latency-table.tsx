import { useTranslations } from "next-intl";
import type { Insights, Percentiles } from "@/lib/domain/insights";
import { formatDuration } from "@/lib/run-view/format";
import { FigureTable } from "./figure-table";

/** How long half, nine in ten and 99 in 100 took at most. */
export function LatencyTable({ insights }: { insights: Insights }) {
  const t = useTranslations("insights.latency");
  const steps = [
    ["total", insights.total_ms],
    ["ttft", insights.ttft_ms],
    ["retrieval", insights.retrieval_ms],
  ] as const;
  const rows = steps.map(([key, times]) => ({ key, name: t(key), cells: toCells(times) }));
  return <FigureTable caption={t("caption")} columns={[t("what"), "p50", "p90", "p99"]} rows={rows} />;
}

export function toCells({ p50, p90, p99 }: Percentiles): string[] {
  return [p50, p90, p99].map(formatDuration);
}
