import { ArrowUpRight, ChevronDown, ChevronRight, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { StatusDot } from "@/components/ui/status-dot";
import type { RunRecord } from "@/lib/domain/run-record";
import { formatDuration } from "@/lib/run-view/format";
import { spanLabel, spanNote } from "@/lib/run-view/span-label";
import type { SpanRow as Row } from "@/lib/run-view/span-tree";
import { fractionOf, type TimeWindow } from "@/lib/run-view/time-window";
import { placeBar, spanTimes } from "@/lib/run-view/timeline";
import { KIND_ICON, kindColor } from "../span-kind";
import { SpanBar } from "./span-bar";
import { spanStatusKey } from "./span-status";
import { isInside, TREE_GRID } from "./time-ruler";

interface SpanRowProps {
  row: Row;
  record: RunRecord;
  window: TimeWindow;
  ttftMs: number | null;
  /** For a running span; 0 for the others, so that they are not drawn anew at each tick. */
  nowMs: number;
  selected: boolean;
  tabStop: boolean;
  top: number;
  height: number;
}

/** One line of the tree. Clicks and keys are the tree's business: it finds the line by `data-span`. */
export const SpanRow = memo(function SpanRow(props: SpanRowProps) {
  const { row, record, window, ttftMs, nowMs, selected, tabStop, top, height } = props;
  const { span } = row;
  const t = useTranslations("debug.status");
  const times = spanTimes(span, record, nowMs);
  const bar = placeBar(times, window);
  const duration = formatDuration(times.endMs - times.startMs);
  const failed = span.status === "error";
  const label = spanLabel(span, record);
  return (
    <div
      role="treeitem"
      aria-level={row.level}
      aria-setsize={row.setSize}
      aria-posinset={row.position}
      aria-expanded={row.hasChildren ? row.expanded : undefined}
      aria-selected={selected}
      tabIndex={tabStop ? 0 : -1}
      data-span={span.span_id}
      className={cn(
        TREE_GRID,
        "group absolute inset-x-0 top-0 cursor-default focus-visible:rounded-none focus-visible:-outline-offset-2",
        selected ? "bg-accent-bg shadow-[inset_2px_0_0_var(--accent)]" : "hover:bg-bg2",
        row.dimmed && "opacity-55",
      )}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <span className="sr-only">
        {[label, span.kind, duration, t(spanStatusKey(span.status))].join(", ")}
      </span>
      <span aria-hidden className="flex h-full min-w-0 items-center pr-2 pl-3 @max-[480px]/debug:pr-1">
        <Guides level={row.level} />
        <span data-toggle className="grid h-5 w-3.5 flex-none place-items-center text-fg2 max-sm:h-8">
          {row.hasChildren ? <Icon of={row.expanded ? ChevronDown : ChevronRight} size={12} /> : null}
        </span>
        <span className="mr-1.5 ml-0.5" style={{ color: failed ? "var(--err)" : kindColor(span.kind) }}>
          <Icon of={failed ? TriangleAlert : KIND_ICON[span.kind]} size={14} className="stroke-2" />
        </span>
        <span className={cn("truncate", failed && "text-err", row.level === 1 && "font-semibold")}>
          {label}
        </span>
        <span className="ml-1.5 min-w-0 shrink-[100] truncate text-fg2 text-label tabular-nums @max-[480px]/debug:hidden">
          {spanNote(span, record)}
        </span>
        {record.trace.observation_base === null ? null : (
          <RowLink url={`${record.trace.observation_base}${span.span_id}`} selected={selected} />
        )}
      </span>
      <span aria-hidden className="relative h-full [background:var(--grid)]">
        {bar ? <SpanBar span={span} bar={bar} /> : null}
        {ttftMs !== null && isInside(window, ttftMs) ? (
          <span
            className="absolute inset-y-0 border-line3 border-l border-dashed"
            style={{ left: `${fractionOf(window, ttftMs) * 100}%` }}
          />
        ) : null}
      </span>
      <span
        aria-hidden
        className={cn(
          "whitespace-nowrap text-right text-meta tabular-nums",
          failed ? "text-err" : "text-fg1",
        )}
      >
        {span.status === "running" ? (
          <>
            <StatusDot status="running" className="mr-[5px] inline-block size-1.5! align-[1px]" />
            <span className="text-fg0">{duration}</span>
          </>
        ) : (
          duration
        )}
      </span>
    </div>
  );
});

/** The row's own page in Langfuse, for the mouse: by key there is O, and the detail has the link as well. */
function RowLink({ url, selected }: { url: string; selected: boolean }) {
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      tabIndex={-1}
      data-row-link
      onClick={(event) => event.stopPropagation()}
      className={cn(
        "ml-auto size-5 flex-none place-items-center rounded-chip text-fg2 hover:bg-bg3 hover:text-fg0 group-hover:grid",
        selected ? "grid" : "hidden",
      )}
    >
      <Icon of={ArrowUpRight} size={12} />
    </a>
  );
}

/** One line down for each ancestor. */
function Guides({ level }: { level: number }) {
  return Array.from({ length: level - 1 }, (_, depth) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: a guide is its depth
      key={depth}
      className="relative h-full w-3.5 flex-none before:absolute before:inset-y-0 before:left-1.5 before:border-line2 before:border-l @max-[480px]/debug:w-[11px] @max-[480px]/debug:before:left-[5px]"
    />
  ));
}
