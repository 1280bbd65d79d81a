import { useTranslations } from "next-intl";
import { useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { useSpaced } from "@/components/ui/use-spaced";
import type { RunRecord, Span } from "@/lib/domain/run-record";
import { buildSpanTree, toSpanRows } from "@/lib/run-view/span-tree";
import { defaultWindow, type TimeWindow } from "@/lib/run-view/time-window";
import { totalMs as toTotalMs } from "@/lib/run-view/timeline";
import type { TabViewProps } from "../tab-view";
import { useKept } from "../use-kept";
import { DetailSplit } from "./detail-split";
import { OverviewStrip } from "./overview-strip";
import { SpanDetail } from "./span-detail";
import { NO_FILTER, type SpanFilter, toSpanMatcher } from "./span-filter";
import { SpanTreeView } from "./span-tree-view";
import { TimelineToolbar } from "./timeline-toolbar";

const ROW_PX = 24;
const SHEET_ROW_PX = 32;

/** What the reader chose for each request. */
const filters = new Map<string, SpanFilter>();
const collapsedSpans = new Map<string, ReadonlySet<string>>();
const windows = new Map<string, TimeWindow | null>();
const NONE: ReadonlySet<string> = new Set();
/** The height of the detail, the same for all requests. */
const heights = new Map<string, number | null>();
const HEIGHT = "detail";

/** Where the time of a request went. */
export function TimelineTab({ record, payloads, elapsedMs, mode, spanId, onSelectSpan }: TabViewProps) {
  const t = useTranslations("debug.timeline");
  const spaced = useSpaced();
  const [filter, setFilter] = useKept(filters, record.request_id, NO_FILTER);
  const [collapsed, setCollapsed] = useKept(collapsedSpans, record.request_id, NONE);
  const [heightPx, setHeightPx] = useKept<number | null>(heights, HEIGHT, null);
  const [open, setOpen] = useState(false);
  const pane = useRef<HTMLDivElement>(null);
  const tree = useMemo(() => buildSpanTree(record.spans), [record.spans]);
  const rows = useMemo(
    () => toSpanRows(tree, { collapsed, matches: toSpanMatcher(filter, record) }),
    [tree, collapsed, filter, record],
  );
  const totalMs = toTotalMs(record, elapsedMs);
  const [window, setWindow] = useTimeWindow(record, totalMs);
  const selected = selectSpan(record, spanId);
  const sheet = mode === "sheet";
  const toggle = (id: string) => {
    const after = new Set(collapsed);
    if (!after.delete(id)) after.add(id);
    setCollapsed(after);
  };
  const select = (id: string) => {
    onSelectSpan(id);
    setOpen(true);
  };
  const detail = selected ? (
    <SpanDetail
      span={selected}
      record={record}
      payloads={payloads}
      nowMs={elapsedMs}
      sheet={sheet ? { open, onToggle: () => setOpen(!open) } : null}
    />
  ) : null;
  return (
    <div ref={pane} className="flex min-h-0 flex-1 flex-col">
      <TimelineToolbar
        filter={filter}
        errorCount={record.spans.filter(({ status }) => status === "error").length}
        onFilter={setFilter}
      />
      <OverviewStrip
        record={record}
        elapsedMs={elapsedMs}
        totalMs={totalMs}
        window={window}
        onWindow={setWindow}
      />
      {rows.length === 0 ? (
        <NoMatch onClear={() => setFilter(NO_FILTER)} />
      ) : (
        <SpanTreeView
          key={mode}
          rows={rows}
          record={record}
          window={window}
          elapsedMs={elapsedMs}
          rowPx={spaced(sheet ? SHEET_ROW_PX : ROW_PX)}
          selectedId={selected?.span_id ?? null}
          onSelect={select}
          onToggle={toggle}
          onEnter={() => pane.current?.querySelector<HTMLElement>("section [data-state=on]")?.focus()}
          className={sheet || heightPx !== null ? "min-h-0 flex-1" : "min-h-0 flex-initial"}
        />
      )}
      {sheet ? (
        <section
          aria-label={t("detail")}
          className={cn(
            "relative flex flex-none flex-col border-line2 border-t bg-bg1",
            open ? "h-70" : "h-12",
          )}
        >
          {detail}
        </section>
      ) : (
        <DetailSplit heightPx={heightPx} onHeight={setHeightPx}>
          {detail}
        </DetailSplit>
      )}
    </div>
  );
}

/** The window that was chosen for this run; before one was chosen, the first view. */
function useTimeWindow(record: RunRecord, totalMs: number): [TimeWindow, (window: TimeWindow) => void] {
  const [chosen, choose] = useKept<TimeWindow | null>(windows, record.request_id, null);
  const running = record.status === "running";
  const { startMs, endMs } = defaultWindow({ totalMs, ttftMs: record.performance_metrics.ttft_ms, running });
  const first = useMemo(() => ({ startMs, endMs }), [startMs, endMs]);
  return [chosen ?? first, choose];
}

/** The span in the address, else the root. */
function selectSpan(record: RunRecord, spanId: string | null): Span | undefined {
  return record.spans.find(({ span_id }) => span_id === spanId) ?? record.spans[0];
}

function NoMatch({ onClear }: { onClear(): void }) {
  const t = useTranslations("debug.timeline");
  return (
    <div className="grid justify-items-center gap-2 border-line border-t p-8 text-fg1">
      {t("noMatch")}
      <Button size="sm" onClick={onClear}>
        {t("clear")}
      </Button>
    </div>
  );
}
