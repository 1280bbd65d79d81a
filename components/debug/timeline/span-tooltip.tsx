import { useTranslations } from "next-intl";
import type { RunRecord, Span } from "@/lib/domain/run-record";
import { formatDuration, formatOffset } from "@/lib/run-view/format";
import { spanLabel } from "@/lib/run-view/span-label";
import type { TimeWindow } from "@/lib/run-view/time-window";
import { placeBar, spanTimes } from "@/lib/run-view/timeline";

interface SpanTooltipProps {
  span: Span;
  record: RunRecord;
  window: TimeWindow;
  nowMs: number;
  /** Where the span's row is in the tree, in px. */
  row: { top: number; height: number };
  /** Above the row instead of below: it is one of the last. */
  above: boolean;
}

/** Start, duration and error of the span under the pointer, beside its row: the bar itself stays in view. */
export function SpanTooltip({ span, record, window, nowMs, row, above }: SpanTooltipProps) {
  const t = useTranslations("debug");
  const times = spanTimes(span, record, nowMs);
  const bar = placeBar(times, window);
  const start = bar ? bar.left : 0;
  const label = spanLabel(span, record);
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute z-6 w-max max-w-50 rounded-row bg-ink px-2.5 py-1.5 text-meta text-on-ink tabular-nums"
      style={{
        top: above ? row.top - 2 : row.top + row.height + 2,
        transform: above ? "translateY(-100%)" : undefined,
        left: `min(var(--name) + (100% - var(--name) - var(--dur) - 12px) * ${start}, 100% - 200px)`,
      }}
    >
      <b className="font-semibold">{label === span.name ? label : `${label} · ${span.name}`}</b>
      <dl className="mt-0.5 grid grid-cols-[auto_auto] gap-x-3 [&_dd]:text-right [&_dt]:opacity-70">
        <dt>{t("timeline.start")}</dt>
        <dd>{formatOffset(times.startMs)}</dd>
        <dt>{t("timeline.duration")}</dt>
        <dd>{formatDuration(times.endMs - times.startMs)}</dd>
        {span.status === "error" ? (
          <>
            <dt>{t("status.failed")}</dt>
            <dd className="break-words">{span.status_message}</dd>
          </>
        ) : null}
      </dl>
    </div>
  );
}
