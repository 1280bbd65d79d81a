import { useTranslations } from "next-intl";
import { type KeyboardEvent, memo, type PointerEvent, useRef } from "react";
import { cn } from "@/components/ui/cn";
import type { RunRecord } from "@/lib/domain/run-record";
import { formatDuration } from "@/lib/run-view/format";
import { buildSpanTree, toSpanRows } from "@/lib/run-view/span-tree";
import { fractionOf, moveWindow, resizeWindow, type TimeWindow, wholeRun } from "@/lib/run-view/time-window";
import { axisTicks, overviewLane, placeBar, spanTimes } from "@/lib/run-view/timeline";
import { kindColor } from "../span-kind";
import { type Grip, startBrush } from "./brush";

interface OverviewStripProps {
  record: RunRecord;
  elapsedMs: number;
  totalMs: number;
  window: TimeWindow;
  onWindow(window: TimeWindow): void;
}

/** All of the run in small. The frame is what the tree below shows: drag it, its edges, or a new one. */
export function OverviewStrip({ record, elapsedMs, totalMs, window, onWindow }: OverviewStripProps) {
  const t = useTranslations("debug.timeline");
  const track = useRef<HTMLDivElement>(null);
  const whole = wholeRun(totalMs);
  const running = record.status === "running";
  const brush = (event: PointerEvent<HTMLElement>, grip: Grip) => {
    if (event.button !== 0 || !track.current) return;
    event.stopPropagation();
    startBrush(event, { track: track.current, grip, window, totalMs: whole.endMs, onWindow });
  };
  const left = fractionOf(whole, window.startMs);
  const right = fractionOf(whole, window.endMs);
  const edge = { totalMs: whole.endMs, window, onWindow, onBrush: brush };
  return (
    <fieldset
      aria-label={t("overview")}
      className="relative m-0 mx-3 h-13 flex-none touch-none select-none border-0 p-0"
      onDoubleClick={() => onWindow(whole)}
    >
      <OverviewAxis totalMs={whole.endMs} />
      <div
        ref={track}
        className="absolute inset-x-0 top-5 bottom-1.5 cursor-crosshair overflow-hidden rounded-chip border border-line bg-bg1"
        onPointerDown={(event) => brush(event, "new")}
      >
        <OverviewBars record={record} elapsedMs={running ? elapsedMs : 0} totalMs={totalMs} />
      </div>
      <div
        className="absolute top-[19px] bottom-[5px] cursor-grab rounded-chip border border-accent bg-[color-mix(in_srgb,var(--accent)_7%,transparent)] active:cursor-grabbing"
        style={{ left: `${left * 100}%`, width: `${(right - left) * 100}%` }}
        onPointerDown={(event) => brush(event, "move")}
      >
        <Edge {...edge} side="start" label={t("windowStart")} />
        <Edge {...edge} side="end" label={t("windowEnd")} />
      </div>
    </fieldset>
  );
}

function OverviewAxis({ totalMs }: { totalMs: number }) {
  const ticks = axisTicks({ startMs: 0, endMs: totalMs }, 4).filter(
    ({ fraction }) => fraction > 0 && fraction < 0.85,
  );
  return (
    <div aria-hidden className="text-fg2 text-label tabular-nums *:absolute *:top-0.5 *:whitespace-nowrap">
      <span className="left-0">0</span>
      {ticks.map(({ ms, fraction, label }) => (
        <span
          key={ms}
          // So near to the total the two meet on a narrow panel.
          className={cn("-translate-x-1/2", fraction > 0.7 && "@max-[480px]/debug:hidden")}
          style={{ left: `${fraction * 100}%` }}
        >
          {ms < 1000 ? `${label} ms` : label}
        </span>
      ))}
      <span className="right-0">{formatDuration(totalMs)}</span>
    </div>
  );
}

const LANE_TOP_PX = [3, 7, 11, 14, 18] as const;

interface OverviewBarsProps {
  record: RunRecord;
  elapsedMs: number;
  totalMs: number;
}

/** Drawn anew when the run goes on, not when the window over it is moved. */
const OverviewBars = memo(function OverviewBars({ record, elapsedMs, totalMs }: OverviewBarsProps) {
  const whole = wholeRun(totalMs);
  const rows = toSpanRows(buildSpanTree(record.spans), { collapsed: new Set(), matches: () => true });
  return rows.map(({ span, level }) => {
    const lane = overviewLane(span, level);
    const bar = placeBar(spanTimes(span, record, elapsedMs), whole);
    if (lane === null || !bar) return null;
    const background = span.status === "error" ? "var(--err)" : kindColor(span.kind);
    return (
      <b
        key={span.span_id}
        className="absolute h-[3px] min-w-0.5 rounded-[1px] forced-color-adjust-none"
        style={{
          left: `${bar.left * 100}%`,
          width: `${bar.width * 100}%`,
          top: LANE_TOP_PX[lane],
          background,
        }}
      />
    );
  });
});

interface EdgeProps {
  side: "start" | "end";
  label: string;
  window: TimeWindow;
  totalMs: number;
  onWindow(window: TimeWindow): void;
  onBrush(event: PointerEvent<HTMLElement>, grip: Grip): void;
}

/** A step of the arrow keys: a fiftieth of the run. With Shift the window moves as a whole; Enter shows all. */
const STEPS = 50;

function Edge({ side, label, window, totalMs, onWindow, onBrush }: EdgeProps) {
  const at = side === "start" ? window.startMs : window.endMs;
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: at - totalMs / STEPS,
    ArrowDown: at - totalMs / STEPS,
    ArrowRight: at + totalMs / STEPS,
    ArrowUp: at + totalMs / STEPS,
    Home: 0,
    End: totalMs,
  };
  const windowByKey = ({ key, shiftKey }: KeyboardEvent): TimeWindow | null => {
    if (key === "Enter") return wholeRun(totalMs);
    const target = targets[key];
    if (target === undefined) return null;
    return shiftKey ? moveWindow(window, target - at, totalMs) : resizeWindow(window, side, target, totalMs);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round(totalMs)}
      aria-valuenow={Math.round(Math.min(at, totalMs))}
      aria-valuetext={formatDuration(Math.min(at, totalMs))}
      onPointerDown={(event) => onBrush(event, side)}
      onKeyDown={(event) => {
        const next = windowByKey(event);
        if (next === null) return;
        event.preventDefault();
        onWindow(next);
      }}
      className={`absolute inset-y-0 w-3 cursor-ew-resize before:absolute before:inset-y-[7px] before:w-1 before:rounded-bar before:bg-accent ${
        side === "start" ? "-left-[7px] before:left-1" : "-right-[7px] before:right-1"
      }`}
    />
  );
}
