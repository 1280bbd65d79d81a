import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { MetricDelta } from "@/lib/run-view/compare-metrics";
import { UNKNOWN } from "@/lib/run-view/format";
import { buildMetricRows, type DeltaText, type MetricRow } from "./build-metric-rows";

const TONE: Readonly<Record<MetricDelta["tone"], string>> = {
  better: "font-medium text-ok",
  worse: "font-medium text-warn",
  neutral: "",
};
const CELL =
  "whitespace-nowrap border-line border-b px-2 py-[3px] text-right first:pl-3 first:text-left last:pr-3 @max-[480px]/debug:px-1.5";

/** The figures of both runs, and the differences: amber where A does worse, green where it does better. */
export function MetricsTable({ metrics }: { metrics: readonly MetricDelta[] }) {
  const t = useTranslations("debug.compare");
  const heading = "border-line border-b bg-bg1 px-2 py-1 text-right font-medium text-fg2 text-label";
  return (
    <table className="w-full border-collapse tabular-nums">
      <thead>
        <tr>
          <th scope="col" className={cn(heading, "pl-3! text-left!")}>
            {t("metric")}
          </th>
          <th scope="col" className={heading}>
            A
          </th>
          <th scope="col" className={heading}>
            B
          </th>
          <th scope="col" className={cn(heading, "w-[150px] pr-3 @max-[480px]/debug:w-auto")}>
            A − B
          </th>
        </tr>
      </thead>
      <tbody>
        {buildMetricRows(metrics).map((row) => (
          <Row key={row.label} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row: { label, minor, a, b, deltas } }: { row: MetricRow }) {
  const t = useTranslations("debug.compare");
  return (
    <tr className={cn(minor && "text-meta")}>
      <th
        scope="row"
        className={cn(CELL, "whitespace-normal! font-normal", minor ? "text-fg2 first:pl-6!" : "text-fg1")}
      >
        {t(`metrics.${label}`)}
      </th>
      <td className={cn(CELL, a === UNKNOWN && "text-fg2")}>{a}</td>
      <td className={cn(CELL, b === UNKNOWN && "text-fg2")}>{b}</td>
      <td className={CELL}>
        <Deltas deltas={deltas} />
      </td>
    </tr>
  );
}

function Deltas({ deltas }: { deltas: readonly DeltaText[] }) {
  const t = useTranslations("debug.compare");
  if (deltas.every(({ text }) => text === UNKNOWN)) return <span className="text-fg2">{UNKNOWN}</span>;
  return deltas.map(({ text, tone }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line has its figures in a fixed order
    <span key={index}>
      {index > 0 ? " · " : null}
      <span className={TONE[tone]}>
        {text}
        {tone === "neutral" ? null : <span className="sr-only"> ({t(tone)})</span>}
      </span>
    </span>
  ));
}
