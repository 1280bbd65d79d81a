"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { useFocusTrap } from "@/components/ui/use-focus-trap";
import { useMediaQuery } from "@/components/ui/use-media-query";
import { buildBanners } from "./build-banners";
import { handlePanelKey } from "./handle-panel-key";
import { DropHint, ImportNotice } from "./import/import-notice";
import { useImport } from "./import/use-import";
import { LangfuseButton } from "./langfuse-button";
import { PanelHeader } from "./panel-header";
import { panelLandmark } from "./panel-landmark";
import { PanelMenu } from "./panel-menu";
import { ArchiveNotice, PanelNotice, PanelSkeleton } from "./panel-notice";
import { PanelTabs, useTab } from "./panel-tabs";
import { type Placement, PlacementButton } from "./placement-button";
import { ReplayNote } from "./replay/replay-note";
import { RequestsButton } from "./requests/requests-button";
import { RequestsView } from "./requests/requests-view";
import { useRequestsView } from "./requests/use-requests-view";
import { type Dismissals, RunBanners, useDismissals } from "./run-banners";
import type { RunState } from "./run-state";
import { toStatusView } from "./run-status";
import { RunSummary } from "./run-summary";
import { UnsupportedMarks } from "./support/unsupported-marks";
import type { PanelMode } from "./tab-view";
import { useElapsed } from "./use-elapsed";
import { type Resend, useResend } from "./use-resend";
import { type RunHandle, useRun } from "./use-run";
import { useSessionRequests } from "./use-session-requests";

export interface DebugPanelProps {
  /** The request that is shown; null when the conversation has none yet. */
  requestId: string | null;
  /** All requests of the conversation, oldest first; null where the panel has to ask for them. */
  requestIds: readonly string[] | null;
  onSelectRequest(id: string): void;
  /** Null where the panel cannot be closed. */
  onClose: (() => void) | null;
  /** The other place where the panel can be, and the way there. */
  placement: Placement | null;
  /** The passage that is pointed at anywhere in the page. */
  highlightedPassageId: string | null;
  onHighlightPassage(id: string | null): void;
  /** The passage that stays marked when nothing is pointed at. */
  selectedPassageId: string | null;
  onSelectPassage(id: string | null): void;
  mode: PanelMode;
}

/** The debug sidebar of one request, live while it is answered. */
export function DebugPanel(props: DebugPanelProps) {
  const { requestId, mode, onSelectRequest, onClose } = props;
  const t = useTranslations("debug");
  const panel = useRef<HTMLDivElement>(null);
  const list = useRequestsView();
  const dismissals = useDismissals();
  const run = useRun(list.open ? null : requestId);
  const requestIds = useRequestIds(props.requestIds, run.state);
  const [, onSelectTab] = useTab();
  // A page of its own on a phone: the tabs are as they are in a sheet.
  const phone = useMediaQuery("(width < 45rem) and (pointer: coarse)", false);
  const tabMode = mode === "page" && phone ? "sheet" : mode;
  const openRequest = (id: string) => {
    onSelectRequest(id);
    list.setActiveId(id);
    list.hide();
    panel.current?.focus();
  };
  const leaveList = list.open && requestId !== null ? list.hide : onClose;
  const bring = useImport(openRequest);
  useFocusTrap(panel, mode === "overlay" || mode === "sheet");
  useTabFocusWhenOpenedByButton(run.state.kind === "ready");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it has a role, by its mode
    <div
      ref={panel}
      {...panelLandmark(mode, t("title"))}
      tabIndex={-1}
      data-debug-panel={mode}
      onKeyDown={(event) =>
        handlePanelKey(event, { requestId, requestIds, onSelectRequest, onSelectTab, onClose: leaveList })
      }
      {...bring.dropProps}
      className="@container/debug relative flex size-full min-h-0 min-w-0 flex-col bg-bg0 text-chrome text-fg0 outline-none"
    >
      <ImportNotice {...bring} />
      {list.open ? (
        <RequestsView
          filter={list.filter}
          onFilter={list.setFilter}
          activeId={list.activeId}
          onActivate={list.setActiveId}
          currentId={requestId}
          onOpen={openRequest}
          onImport={bring.choose}
          onBack={list.hide}
          onClose={onClose}
        />
      ) : requestId === null ? (
        <EmptyPanel onShowRequests={list.show} onClose={onClose} />
      ) : (
        <RunPanel
          {...props}
          mode={tabMode}
          requestId={requestId}
          requestIds={requestIds}
          run={run}
          dismissals={dismissals}
          onShowRequests={list.show}
          onImport={bring.choose}
        />
      )}
      <DropHint {...bring} />
    </div>
  );
}

/** Those that the page knows, else those of the run's conversation that are recorded. */
function useRequestIds(given: readonly string[] | null, state: RunState): readonly string[] {
  const unknown = given === null && state.kind === "ready";
  const recorded = useSessionRequests(
    unknown ? state.feed.record.session_id || null : null,
    unknown ? state.feed.record.request_id : null,
  );
  return given ?? recorded;
}

/**
 * Who opened the panel with a Debug button wants to read it: the focus goes on to the selected tab, as soon as
 * it is there, unless it has gone elsewhere by then.
 */
function useTabFocusWhenOpenedByButton(ready: boolean): void {
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    opener.current = document.activeElement;
  }, []);
  useEffect(() => {
    if (!ready || !(opener.current instanceof HTMLButtonElement)) return;
    if (document.activeElement === opener.current)
      document.querySelector<HTMLElement>("[data-debug-panel] [role=tab][aria-selected=true]")?.focus();
    opener.current = null;
  }, [ready]);
}

function EmptyPanel({ onShowRequests, onClose }: Pick<RunPanelProps, "onShowRequests" | "onClose">) {
  const t = useTranslations("debug");
  return (
    <>
      <div className="flex min-h-12 flex-none items-center border-line border-b pr-2 pl-3">
        <b className="flex-1 font-semibold">{t("title")}</b>
        <RequestsButton onClick={onShowRequests} />
        {onClose ? <IconButton icon={X} label={t("close")} keys="Esc" onClick={onClose} /> : null}
      </div>
      <PanelNotice kind="empty" />
    </>
  );
}

interface RunPanelProps extends DebugPanelProps {
  requestId: string;
  requestIds: readonly string[];
  run: RunHandle;
  dismissals: Dismissals;
  onShowRequests(): void;
  onImport(): void;
}

function RunPanel({ run, onShowRequests, onImport, ...props }: RunPanelProps) {
  const { state, awaitsTrace, refresh, remove } = run;
  const resend = useResend(props.requestId, refresh);
  const record = state.kind === "ready" ? state.feed.record : null;
  return (
    <>
      <PanelHeader
        {...props}
        status={statusOf(state)}
        trace={
          record ? (
            <LangfuseButton
              trace={record.trace}
              awaitsTrace={awaitsTrace}
              onRefresh={refresh}
              resend={resend}
            />
          ) : null
        }
      >
        <RequestsButton onClick={onShowRequests} />
        {props.placement ? <PlacementButton placement={props.placement} /> : null}
        <PanelMenu
          requestId={props.requestId}
          record={record}
          stored={state.kind === "ready" && !state.gone}
          ended={record !== null && record.status !== "running"}
          archived={state.kind === "ready" && state.feed.source === "langfuse"}
          onImport={onImport}
          onDelete={remove}
        />
      </PanelHeader>
      <RunBody {...props} state={state} onRefresh={refresh} resend={resend} />
    </>
  );
}

type RunBodyProps = Pick<
  RunPanelProps,
  | "requestId"
  | "dismissals"
  | "mode"
  | "onSelectRequest"
  | "highlightedPassageId"
  | "onHighlightPassage"
  | "selectedPassageId"
  | "onSelectPassage"
> & {
  state: RunState;
  onRefresh(): void;
  resend: Resend;
};

function RunBody({ state, onRefresh, resend, ...props }: RunBodyProps) {
  switch (state.kind) {
    case "ready":
      return <ReadyRun {...props} state={state} onRefresh={onRefresh} resend={resend} />;
    case "loading":
      return (
        <>
          {state.broken ? <StreamLost {...props} onRetry={onRefresh} /> : null}
          <PanelSkeleton />
        </>
      );
    case "unreachable":
      return <ArchiveNotice onRetry={onRefresh} />;
    default:
      return <PanelNotice kind={state.kind} />;
  }
}

type StreamLostProps = Pick<RunBodyProps, "requestId" | "dismissals"> & { onRetry(): void };

function StreamLost({ requestId, dismissals, onRetry }: StreamLostProps) {
  const banner = { kind: "stream", n: 0, tone: "warn", action: null } as const;
  return (
    <RunBanners requestId={requestId} {...dismissals} banners={[banner]} onRetry={onRetry} trace={null} />
  );
}

interface ReadyRunProps extends Omit<RunBodyProps, "state"> {
  state: Extract<RunState, { kind: "ready" }>;
}

function ReadyRun({ state, onRefresh, resend, requestId, dismissals, ...rest }: ReadyRunProps) {
  const { record } = state.feed;
  const elapsedMs = useElapsed(state.feed, !state.gone);
  return (
    <>
      <RunBanners
        requestId={requestId}
        banners={buildBanners(state)}
        {...dismissals}
        onRetry={onRefresh}
        trace={{ reason: record.trace.reason, counts: state.feed.traceCounts, resend }}
      />
      <UnsupportedMarks record={record} />
      <ReplayNote record={record} onSelectRequest={rest.onSelectRequest} />
      <RunSummary record={record} elapsedMs={elapsedMs} />
      <PanelTabs {...rest} record={record} payloads={state.feed.payloads} elapsedMs={elapsedMs} />
    </>
  );
}

function statusOf(state: RunState) {
  if (state.kind === "missing") return toStatusView("success", true);
  if (state.kind !== "ready") return null;
  return toStatusView(state.feed.record.status, state.gone || state.feed.source === "langfuse");
}
