import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { useSpaced } from "@/components/ui/use-spaced";
import type { RunRecord } from "@/lib/domain/run-record";
import type { SpanRow as Row } from "@/lib/run-view/span-tree";
import type { TimeWindow } from "@/lib/run-view/time-window";
import { axisTicks } from "@/lib/run-view/timeline";
import { moveInTree, type TreeLine } from "@/lib/run-view/tree-keys";
import { SpanRow } from "./span-row";
import { SpanTooltip } from "./span-tooltip";
import { gridBackground, TimeRuler, TREE_COLUMNS } from "./time-ruler";

const RULER_PX = 24;
/** Taken for the height until it is measured, so that the first picture has rows. */
const FIRST_RECT = { width: 0, height: 480 };

interface SpanTreeViewProps {
  rows: readonly Row[];
  record: RunRecord;
  window: TimeWindow;
  elapsedMs: number;
  rowPx: number;
  selectedId: string | null;
  onSelect(id: string): void;
  onToggle(id: string): void;
  /** Enter: on to the span's detail. */
  onEnter(): void;
  className?: string;
}

/** The spans as a tree beside their waterfall; only the rows in view exist. */
export function SpanTreeView(props: SpanTreeViewProps) {
  const { rows, record, window, elapsedMs, rowPx, selectedId, onSelect, onToggle, className } = props;
  const t = useTranslations("debug.timeline");
  const rulerPx = useSpaced()(RULER_PX);
  const scroller = useRef<HTMLDivElement>(null);
  const [hoveredId, setHoveredId] = useState<string | null>(null);
  const selectedIndex = Math.max(
    0,
    rows.findIndex(({ span }) => span.span_id === selectedId),
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => rows[index]?.span.span_id ?? index,
    overscan: 8,
    initialRect: FIRST_RECT,
    scrollMargin: rulerPx,
    scrollPaddingStart: rulerPx,
    // The row that Tab goes to has to exist even when it is scrolled away.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), selectedIndex])].sort((a, b) => a - b),
  });
  useKeepFocus(scroller, selectedId, () => virtualizer.scrollToIndex(selectedIndex));
  const ticks = useMemo(() => axisTicks(window, 4), [window]);
  const ttftMs = record.performance_metrics.ttft_ms;
  const hovered = rows.findIndex(({ span }) => span.span_id === hoveredId);
  const hoveredSpan = rows[hovered]?.span;
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const id = spanAt(event.target);
    if (id === null) return;
    if (isToggle(event.target)) onToggle(id);
    else onSelect(id);
  };
  return (
    <div ref={scroller} className={cn("overflow-auto", TREE_COLUMNS, className)}>
      <TimeRuler ticks={ticks} window={window} ttftMs={ttftMs} />
      <div
        role="tree"
        aria-label={t("tree")}
        className="relative"
        style={{ height: virtualizer.getTotalSize(), "--grid": gridBackground(ticks) } as React.CSSProperties}
        onClick={onClick}
        onKeyDown={(event) => handleTreeKey(event, props)}
        onPointerOver={(event) => setHoveredId(event.pointerType === "mouse" ? spanAt(event.target) : null)}
        onPointerLeave={() => setHoveredId(null)}
      >
        {virtualizer.getVirtualItems().map(({ key, index, start, size }) => {
          const row = rows[index];
          return row ? (
            <SpanRow
              key={key}
              row={row}
              record={record}
              window={window}
              ttftMs={ttftMs}
              nowMs={row.span.status === "running" ? elapsedMs : 0}
              selected={row.span.span_id === selectedId}
              tabStop={index === selectedIndex}
              top={start - rulerPx}
              height={size}
            />
          ) : null;
        })}
        {hoveredSpan ? (
          <SpanTooltip
            span={hoveredSpan}
            record={record}
            window={window}
            nowMs={elapsedMs}
            row={{ top: hovered * rowPx, height: rowPx }}
            above={hovered > 3 && hovered > rows.length - 4}
          />
        ) : null}
      </div>
    </div>
  );
}

/** When the selection moves by key, the focus moves with it. */
function useKeepFocus(
  tree: React.RefObject<HTMLElement | null>,
  selectedId: string | null,
  reveal: () => void,
) {
  const revealSelected = useRef(reveal);
  revealSelected.current = reveal;
  useEffect(() => {
    if (selectedId === null || !tree.current?.contains(document.activeElement)) return;
    revealSelected.current();
    tree.current
      .querySelector<HTMLElement>(`[data-span="${CSS.escape(selectedId)}"]`)
      ?.focus({ preventScroll: true });
  }, [tree, selectedId]);
}

function handleTreeKey(event: KeyboardEvent<HTMLElement>, props: SpanTreeViewProps): void {
  const { rows, selectedId, onSelect, onToggle, onEnter } = props;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter") {
    event.preventDefault();
    onEnter();
    return;
  }
  const move = moveInTree(rows.map(toLine), selectedId ?? "", event.key);
  if (!move) return;
  event.preventDefault();
  if (move.type === "toggle") onToggle(move.id);
  else onSelect(move.id);
}

function toLine({ span, level, hasChildren, expanded }: Row): TreeLine {
  return { id: span.span_id, level, expandable: hasChildren, expanded };
}

function spanAt(target: EventTarget): string | null {
  return target instanceof Element
    ? (target.closest<HTMLElement>("[data-span]")?.dataset.span ?? null)
    : null;
}

function isToggle(target: EventTarget): boolean {
  return target instanceof Element && target.closest("[data-toggle]") !== null;
}
