import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/lib/run-view/format";
import { fractionOf, type TimeWindow } from "@/lib/run-view/time-window";
import type { Tick } from "@/lib/run-view/timeline";

/** Columns of the tree: name, waterfall, duration. */
export const TREE_GRID = "grid grid-cols-[var(--name)_minmax(0,1fr)_var(--dur)] items-center pr-3";
/** Their widths; the names get less of a narrow panel. */
export const TREE_COLUMNS =
  "[--dur:3.75rem] [--name:min(14.75rem,60%)] @max-[480px]/debug:[--dur:3.5rem] @max-[480px]/debug:[--name:min(11.375rem,60%)]";

interface TimeRulerProps {
  ticks: readonly Tick[];
  window: TimeWindow;
  ttftMs: number | null;
}

/** The tree's heading: where in time the columns of the waterfall are. */
export function TimeRuler({ ticks, window, ttftMs }: TimeRulerProps) {
  const t = useTranslations("debug.timeline");
  const ttft = ttftMs !== null && isInside(window, ttftMs) ? fractionOf(window, ttftMs) : null;
  return (
    <div
      aria-hidden
      className={cn(TREE_GRID, "sticky top-0 z-3 h-6 border-line border-y bg-bg0 text-fg2 text-label")}
    >
      <span className="pl-3">{t("span")}</span>
      <span className="relative h-full tabular-nums *:absolute *:top-[3px] *:whitespace-nowrap">
        {ticks
          .filter(({ fraction }) => fraction < 0.94 && (ttft === null || Math.abs(fraction - ttft) > 0.24))
          .map(({ ms, fraction, label }, index) => (
            <span
              key={ms}
              className={cn(
                fraction < 0.04 ? "translate-x-1" : "-translate-x-1/2",
                index > 1 && "@max-[480px]/debug:hidden",
              )}
              style={{ left: `${fraction * 100}%` }}
            >
              {label}
            </span>
          ))}
        {ttft === null ? null : (
          <span
            className="-translate-x-1/2 font-medium text-fg0 [--half:36px] @max-[480px]/debug:[--half:15px]"
            style={{ left: `clamp(var(--half), ${ttft * 100}%, 100% - var(--half))` }}
          >
            TTFT<span className="@max-[480px]/debug:hidden"> {formatDuration(ttftMs)}</span>
          </span>
        )}
      </span>
      <span className="text-right">{t("duration")}</span>
    </div>
  );
}

/** The vertical lines behind the bars, as one background for all rows: a line for each tick. */
export function gridBackground(ticks: readonly Tick[]): string {
  const line = "linear-gradient(var(--line),var(--line))";
  const lines = ticks.map(({ fraction }) => `${line} ${fraction * 100}% 0/1px 100% no-repeat`);
  return lines.length > 0 ? lines.join(",") : "none";
}

export function isInside(window: TimeWindow, ms: number): boolean {
  return ms >= window.startMs && ms <= window.endMs;
}
