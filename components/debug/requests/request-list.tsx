import { useVirtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useId } from "react";
import { kbTitle, useKnowledgeBases } from "@/components/chat/data/use-knowledge-bases";
import { cn } from "@/components/ui/cn";
import type { RunListItem } from "@/lib/domain/run-list";
import { buildRequestRow } from "./build-request-row";
import { RequestRow } from "./request-row";

const ROW_PX = 51;
/** Taken for the height until it is measured, so that the first picture has rows. */
const FIRST_RECT = { width: 0, height: 640 };
/** So many rows before the end the next page is asked for. */
const AHEAD = 20;
const PAGE_ROWS = 10;

interface RequestListProps {
  listRef: RefObject<HTMLDivElement | null>;
  items: readonly RunListItem[];
  /** What was searched for. */
  q: string;
  activeId: string | null;
  currentId: string | null;
  onActivate(id: string): void;
  onOpen(id: string): void;
  onEnd(): void;
}

/** The runs, only those in view drawn. The focus stays on the list; the row that the keys mean moves. */
export function RequestList(props: RequestListProps) {
  const { listRef, items, q, activeId, currentId, onActivate, onOpen, onEnd } = props;
  const t = useTranslations("debug.requests");
  const general = useTranslations("chat.kb")("general");
  const knowledgeBases = useKnowledgeBases();
  const idPrefix = useId();
  const active = items.findIndex(({ request_id }) => request_id === activeId);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => listRef.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => items[index]?.request_id ?? index,
    overscan: 10,
    initialRect: FIRST_RECT,
  });
  const rows = virtualizer.getVirtualItems();
  const nearEnd = (rows.at(-1)?.index ?? 0) + AHEAD >= items.length;
  useEffect(() => {
    if (nearEnd) onEnd();
  });
  const arrive = useEffectEvent(() => {
    if (active >= 0) virtualizer.scrollToIndex(active, { align: "center" });
    if (document.activeElement?.matches("[data-debug-panel]")) listRef.current?.focus();
  });
  useEffect(() => arrive(), []);
  const go = (to: number) => {
    const index = Math.min(items.length - 1, Math.max(0, to));
    const item = items[index];
    if (!item) return;
    virtualizer.scrollToIndex(index, { align: "auto" });
    onActivate(item.request_id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = targetOf(event.key, active, items.length);
    if (index !== null) go(index);
    else if (event.key === "Enter" && active >= 0) onOpen(items[active]?.request_id ?? "");
    else return;
    event.preventDefault();
  };
  const now = new Date();
  return (
    <div
      ref={listRef}
      role="listbox"
      tabIndex={0}
      aria-label={t("list")}
      aria-activedescendant={active >= 0 ? `${idPrefix}-${activeId}` : undefined}
      onKeyDown={onKeyDown}
      onFocus={() => active < 0 && go(0)}
      className="group min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2"
    >
      <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map(({ key, index, start }) => {
          const item = items[index];
          if (!item) return null;
          const row = buildRequestRow(item, q, now);
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names the active row
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
            <div
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              data-request={row.id}
              role="option"
              id={`${idPrefix}-${row.id}`}
              aria-selected={row.id === activeId}
              aria-current={row.id === currentId || undefined}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              onClick={() => onOpen(row.id)}
              className={cn(
                "absolute inset-x-0 top-0 cursor-pointer border-line border-b px-3 py-2 leading-[1rem]",
                row.id === currentId ? "bg-accent-bg" : "hover:bg-bg1",
                row.id === activeId && "shadow-[inset_2px_0_0_var(--accent)]",
                row.id === activeId && "group-focus-visible:bg-bg2",
              )}
              style={{ transform: `translateY(${start}px)` }}
            >
              <RequestRow
                row={row}
                kb={kbTitle(row.kbPrefix, knowledgeBases, general)}
                current={row.id === currentId}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The row that a key leads to, null for keys of another meaning. */
function targetOf(key: string, active: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
    case "j":
      return active + 1;
    case "ArrowUp":
    case "k":
      return active - 1;
    case "PageDown":
      return active + PAGE_ROWS;
    case "PageUp":
      return active - PAGE_ROWS;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
