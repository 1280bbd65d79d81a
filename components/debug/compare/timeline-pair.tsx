import { useTranslations } from "next-intl";
import type { RunRecord } from "@/lib/domain/run-record";
import { formatDuration } from "@/lib/run-view/format";
import { spanLabel } from "@/lib/run-view/span-label";
import { buildSpanTree, toSpanRows } from "@/lib/run-view/span-tree";
import { wholeRun } from "@/lib/run-view/time-window";
import { axisTicks, placeBar, spanTimes, totalMs } from "@/lib/run-view/timeline";
import { SectionHeading } from "../section-heading";
import { SpanBar } from "../timeline/span-bar";
import { SideMark } from "./side-mark";

export interface TimedRun {
  record: RunRecord;
  elapsedMs: number;
}

/** Both runs one above the other on one scale: the longer one fills it. */
export function TimelinePair({ a, b }: { a: TimedRun; b: TimedRun }) {
  const t = useTranslations("debug.compare");
  const scaleMs = Math.max(totalMs(a.record, a.elapsedMs), totalMs(b.record, b.elapsedMs));
  return (
    <section className="border-line border-b pb-2">
      <SectionHeading title={t("timeline")} detail={t("scale", { duration: formatDuration(scaleMs) })} />
      <Track side="a" run={a} scaleMs={scaleMs} />
      <Track side="b" run={b} scaleMs={scaleMs} />
    </section>
  );
}

/** The root and what it did itself; the steps of an agent belong to the Timeline tab. */
const DEEPEST_LEVEL = 2;

function Track({ side, run, scaleMs }: { side: "a" | "b"; run: TimedRun; scaleMs: number }) {
  const t = useTranslations("debug.compare");
  const { record, elapsedMs } = run;
  const rows = toSpanRows(buildSpanTree(record.spans), { collapsed: new Set(), matches: () => true });
  const shown = rows.filter(({ level }) => level <= DEEPEST_LEVEL);
  const window = wholeRun(scaleMs);
  const ticks = axisTicks(window, 4).filter(({ fraction }) => fraction > 0);
  return (
    <div className="grid grid-cols-[18px_minmax(0,1fr)] gap-x-2 px-3 py-1 [--name:118px]">
      <SideMark side={side} />
      <ul aria-label={t(side === "a" ? "timelineOfA" : "timelineOfB")} className="relative">
        {ticks.map(({ ms, fraction }) => (
          <i
            key={ms}
            aria-hidden
            className="absolute inset-y-0 w-px bg-line"
            style={{ left: `calc(var(--name) + (100% - var(--name) - 60px) * ${fraction})` }}
          />
        ))}
        {shown.map(({ span }) => {
          const bar = placeBar(spanTimes(span, record, elapsedMs), window);
          return (
            <li
              key={span.span_id}
              className="grid h-[18px] grid-cols-[var(--name)_minmax(0,1fr)_60px] items-center"
            >
              <span className="truncate pr-2 text-fg1 text-label">{spanLabel(span, record)}</span>
              <span className="relative h-full">{bar ? <SpanBar span={span} bar={bar} /> : null}</span>
              <span className="text-right text-fg2 text-label tabular-nums">
                {formatDuration(span.duration_ms)}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
