import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import type { LogLine } from "./build-log-view";
import { LogRow } from "./log-row";

/** Nearer to the end than this counts as being there. */
const END_PX = 24;
/** Taken for the height until it is measured, so that the first picture has lines. */
const FIRST_RECT = { width: 0, height: 640 };

interface LogListProps {
  lines: readonly LogLine[];
  raw: boolean;
  /** New lines may come: the list follows them until the reader scrolls up. */
  live: boolean;
  rowPx: number;
}

/** The lines, only those in view drawn. */
export function LogList({ lines, raw, live, rowPx }: LogListProps) {
  const t = useTranslations("debug.log");
  const scroller = useRef<HTMLDivElement>(null);
  const [openId, setOpenId] = useState<number | null>(null);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => lines[index]?.id ?? index,
    overscan: 10,
    initialRect: FIRST_RECT,
  });
  const follow = useFollow(lines.length, live, () =>
    virtualizer.scrollToIndex(lines.length - 1, { align: "end" }),
  );
  const onScroll = () => {
    const box = scroller.current;
    if (box) follow.onScroll(box.scrollHeight - box.scrollTop - box.clientHeight < END_PX);
  };
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label={t("rows")}
        onScroll={onScroll}
        onKeyDown={moveBetweenLines}
        className="mono min-h-0 flex-1 overflow-auto tracking-[-0.015em]"
      >
        <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ key, index, start }) => {
            const line = lines[index];
            return line ? (
              <div
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                <LogRow
                  line={line}
                  open={openId === line.id}
                  raw={raw}
                  onToggle={() => setOpenId(openId === line.id ? null : line.id)}
                />
              </div>
            ) : null;
          })}
        </div>
      </div>
      {follow.unseen > 0 ? (
        <Button
          variant="primary"
          size="sm"
          onClick={follow.toEnd}
          className="absolute bottom-3 left-1/2 -translate-x-1/2 shadow-overlay"
        >
          <Icon of={ArrowDown} size={12} />
          {t("fresh", { n: follow.unseen })}
        </Button>
      ) : null}
    </div>
  );
}

interface Follow {
  /** Lines that came since the reader left the end. */
  unseen: number;
  onScroll(atEnd: boolean): void;
  toEnd(): void;
}

/** Keeps the end in view while the run is live; whoever scrolls up is left in peace and told what is new. */
function useFollow(count: number, live: boolean, scrollToEnd: () => void): Follow {
  // The number of lines when the reader left the end; null while the list is at its end.
  const [leftAt, setLeftAt] = useState<number | null>(null);
  const toEnd = useRef(scrollToEnd);
  toEnd.current = scrollToEnd;
  const following = live && leftAt === null;
  useEffect(() => {
    if (following && count > 0) toEnd.current();
  }, [following, count]);
  return {
    unseen: leftAt === null ? 0 : Math.max(0, count - leftAt),
    onScroll: (atEnd) => setLeftAt((before) => (atEnd ? null : (before ?? count))),
    toEnd: () => {
      setLeftAt(null);
      scrollToEnd();
    },
  };
}

/** J, K and the arrows go from line to line. */
function moveBetweenLines(event: KeyboardEvent<HTMLElement>): void {
  const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  const at = document.activeElement;
  if (by === undefined || !(at instanceof HTMLElement) || at.dataset.log === undefined) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-log]")].sort(
    (a, b) => Number(a.dataset.log) - Number(b.dataset.log),
  );
  const next = rows[rows.indexOf(at) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
