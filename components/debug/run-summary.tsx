import { useTranslations } from "next-intl";
import type { RunRecord } from "@/lib/domain/run-record";
import { UNKNOWN } from "@/lib/run-view/format";
import { buildSummaryView } from "./build-summary-view";

/** Six numbers in one row, below 480 px in two. */
export function RunSummary({ record, elapsedMs }: { record: RunRecord; elapsedMs: number }) {
  const t = useTranslations("debug.summary");
  return (
    <dl
      aria-label={t("label")}
      className="flex flex-none justify-between gap-x-3 border-line border-t bg-bg1 px-3 pt-2 pb-2.5 @max-[480px]/debug:grid @max-[480px]/debug:grid-cols-[repeat(3,auto)] @max-[480px]/debug:gap-y-1.5"
    >
      {buildSummaryView(record, elapsedMs).map(({ label, value, aside }) => (
        <div key={label} className="min-w-0">
          <dt className="whitespace-nowrap text-fg2 text-label">{t(label)}</dt>
          <dd className="truncate font-medium tabular-nums" title={label === "model" ? value : undefined}>
            {value === UNKNOWN ? <span className="font-normal text-fg2">{value}</span> : value}
            {aside ? <span className="font-normal text-fg2"> {aside}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
