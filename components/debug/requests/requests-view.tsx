import { ChevronLeft, Search, TriangleAlert, Upload, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { Notice, PanelNotice, PanelSkeleton } from "../panel-notice";
import { ArchiveNote, NothingInArchive, OlderInArchive } from "./archive-search";
import { isFiltered, lookIn, type RequestFilter } from "./request-filter";
import { RequestList } from "./request-list";
import { RequestsToolbar } from "./requests-toolbar";
import { type RequestsHandle, useRequests } from "./use-requests";

interface RequestsViewProps {
  filter: RequestFilter;
  onFilter(filter: RequestFilter): void;
  /** The row that the keys mean. */
  activeId: string | null;
  onActivate(id: string | null): void;
  /** The request that the panel shows beside the list; null when there is none to go back to. */
  currentId: string | null;
  onOpen(id: string): void;
  onImport(): void;
  onBack(): void;
  /** Null on a page of its own. */
  onClose: (() => void) | null;
}

/** The last runs over all conversations: search, filter, sort, and open one of them. */
export function RequestsView(props: RequestsViewProps) {
  const { filter, onFilter } = props;
  const requests = useRequests(filter);
  const { state } = requests;
  const listRef = useRef<HTMLDivElement>(null);
  useEffect(focusPanel, []);
  const models = useModels(state.kind === "ready" ? state.items.map(({ model }) => model) : []);
  return (
    <section className="flex min-h-0 flex-1 flex-col" aria-labelledby="requests-title">
      <Heading {...props} count={countOf(state)} />
      <RequestsToolbar
        filter={filter}
        models={models}
        onFilter={onFilter}
        onLeave={() => listRef.current?.focus()}
      />
      <Body {...props} requests={requests} listRef={listRef} />
    </section>
  );
}

/** The button that led here is gone. The list takes the focus from there; whoever is typing keeps it. */
function focusPanel(): void {
  if (document.activeElement === document.body)
    document.querySelector<HTMLElement>("[data-debug-panel]")?.focus();
}

function countOf(state: RequestsHandle["state"]): string | null {
  return state.kind === "ready" ? `${state.items.length}${state.hasMore ? "+" : ""}` : null;
}

/** A filter by one model must not take the others out of the menu. */
function useModels(shown: readonly string[]): string[] {
  const [known, setKnown] = useState<readonly string[]>([]);
  const fresh = shown.filter((model) => model !== "" && !known.includes(model));
  if (fresh.length > 0) setKnown([...new Set([...known, ...fresh])]);
  return known.toSorted();
}

function Heading({
  count,
  currentId,
  onBack,
  onImport,
  onClose,
}: RequestsViewProps & { count: string | null }) {
  const t = useTranslations("debug");
  return (
    <div className="flex min-h-12 flex-none items-center gap-1.5 border-line border-b pr-2 pl-3">
      {currentId === null ? null : (
        <IconButton
          icon={ChevronLeft}
          label={t("requests.back")}
          keys="Esc"
          onClick={onBack}
          className="-ml-1"
        />
      )}
      <h2 id="requests-title" className="font-semibold">
        {t("requests.title")}
      </h2>
      <span className="text-fg2 text-meta tabular-nums">{count}</span>
      <span className="flex-1" />
      <Button onClick={onImport}>
        <Icon of={Upload} size={14} />
        {t("import.open")}
      </Button>
      {onClose ? <IconButton icon={X} label={t("close")} onClick={onClose} /> : null}
    </div>
  );
}

interface BodyProps extends RequestsViewProps {
  requests: RequestsHandle;
  listRef: RefObject<HTMLDivElement | null>;
}

function Body({ requests: { state, loadMore, refresh }, ...props }: BodyProps) {
  const { filter, onFilter, listRef, activeId, currentId, onActivate, onOpen } = props;
  const t = useTranslations("debug.requests");
  switch (state.kind) {
    case "loading":
      return <PanelSkeleton />;
    case "forbidden":
      return <PanelNotice kind="forbidden" />;
    case "failed":
      return <Failed onRetry={refresh} />;
    case "ready":
      return (
        <>
          {state.broken ? <Broken /> : null}
          {filter.source === "langfuse" ? <ArchiveNote /> : null}
          {state.items.length > 0 ? (
            <RequestList
              listRef={listRef}
              items={state.items}
              q={filter.q.trim()}
              activeId={activeId}
              currentId={currentId}
              onActivate={onActivate}
              onOpen={onOpen}
              onEnd={loadMore}
            />
          ) : filter.source === "langfuse" ? (
            <NothingInArchive hasMore={state.hasMore} onMore={loadMore} />
          ) : (
            <Notice
              icon={Search}
              title={isFiltered(filter) ? t("noMatch") : t("none")}
              {...(isFiltered(filter) ? {} : { detail: t("noneDetail") })}
            />
          )}
          {filter.source === null && !state.hasMore ? (
            <OlderInArchive onSearch={() => onFilter(lookIn("langfuse", filter))} />
          ) : null}
        </>
      );
  }
}

/** The rows below are those of before. */
function Broken() {
  const t = useTranslations("debug.banner");
  return (
    <p
      role="status"
      className="flex min-h-8 flex-none items-center gap-2 border-warn-line border-b bg-warn-bg px-3 text-fg0 text-meta"
    >
      <Icon of={TriangleAlert} size={14} className="text-warn" />
      {t("stream")}
    </p>
  );
}

function Failed({ onRetry }: { onRetry(): void }) {
  const t = useTranslations();
  return (
    <div className="grid flex-1 place-content-center justify-items-center gap-3 p-8 text-fg1" role="alert">
      {t("common.notLoaded")}
      <Button onClick={onRetry}>{t("debug.retry")}</Button>
    </div>
  );
}
