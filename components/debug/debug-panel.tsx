"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { buildBanners } from "./build-banners";
import { handlePanelKey } from "./handle-panel-key";
import { LangfuseButton } from "./langfuse-button";
import { PanelHeader } from "./panel-header";
import { PanelNotice, PanelSkeleton } from "./panel-notice";
import { PanelTabs, useTab } from "./panel-tabs";
import { ReplayNote } from "./replay/replay-note";
import { RunBanners } from "./run-banners";
import type { RunState } from "./run-state";
import { toStatusView } from "./run-status";
import { RunSummary } from "./run-summary";
import { UnsupportedMarks } from "./support/unsupported-marks";
import type { PanelMode } from "./tab-view";
import { useElapsed } from "./use-elapsed";
import { useFocusTrap } from "./use-focus-trap";
import { type RunHandle, useRun } from "./use-run";

export interface DebugPanelProps {
  /** The request that is shown; null when the conversation has none yet. */
  requestId: string | null;
  /** All requests of the conversation, oldest first. */
  requestIds: string[];
  onSelectRequest(id: string): void;
  onClose(): void;
  /** The passage that is pointed at anywhere in the page. */
  highlightedPassageId: string | null;
  onHighlightPassage(id: string | null): void;
  /** Beside the chat, over its right part, or over all of it (phones). */
  mode: PanelMode;
}

/** The debug sidebar of one request, live while it is answered. */
export function DebugPanel(props: DebugPanelProps) {
  const { requestId, requestIds, mode, onSelectRequest, onClose } = props;
  const t = useTranslations("debug");
  const panel = useRef<HTMLDivElement>(null);
  const run = useRun(requestId);
  const [, onSelectTab] = useTab();
  const covers = mode !== "docked";
  const landmark = {
    "aria-label": t("title"),
    ...(covers ? { role: "dialog", "aria-modal": true } : { role: "complementary" }),
  };
  useFocusTrap(panel, covers);
  useEffect(focusTabWhenOpenedByButton, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it has a role, by its mode
    <div
      ref={panel}
      {...landmark}
      tabIndex={-1}
      data-debug-panel={mode}
      onKeyDown={(event) =>
        handlePanelKey(event, { requestId, requestIds, onSelectRequest, onSelectTab, onClose })
      }
      className="@container/debug flex size-full min-h-0 min-w-0 flex-col bg-bg0 text-chrome text-fg0 outline-none"
    >
      {requestId === null ? (
        <EmptyPanel onClose={onClose} />
      ) : (
        <RunPanel {...props} requestId={requestId} run={run} />
      )}
    </div>
  );
}

/** Who opened the panel with a Debug button wants to read it: the focus goes on to the selected tab. */
function focusTabWhenOpenedByButton(): void {
  const opener = document.activeElement;
  if (!(opener instanceof HTMLButtonElement)) return;
  document.querySelector<HTMLElement>("[data-debug-panel] [role=tab][aria-selected=true]")?.focus();
}

function EmptyPanel({ onClose }: { onClose(): void }) {
  const t = useTranslations("debug");
  return (
    <>
      <div className="flex min-h-12 flex-none items-center border-line border-b pr-2 pl-3">
        <b className="flex-1 font-semibold">{t("title")}</b>
        <IconButton icon={X} label={t("close")} keys="Esc" onClick={onClose} />
      </div>
      <PanelNotice kind="empty" />
    </>
  );
}

interface RunPanelProps extends DebugPanelProps {
  requestId: string;
  run: RunHandle;
}

function RunPanel({ run, ...props }: RunPanelProps) {
  const { state, awaitsTrace, refresh } = run;
  return (
    <>
      <PanelHeader {...props} status={statusOf(state)} stored={state.kind === "ready" && !state.gone}>
        {state.kind === "ready" ? (
          <LangfuseButton trace={state.feed.record.trace} awaitsTrace={awaitsTrace} onRefresh={refresh} />
        ) : null}
      </PanelHeader>
      <RunBody {...props} state={state} onRefresh={refresh} />
    </>
  );
}

type RunBodyProps = Pick<
  RunPanelProps,
  "requestId" | "mode" | "onSelectRequest" | "highlightedPassageId" | "onHighlightPassage"
> & {
  state: RunState;
  onRefresh(): void;
};

function RunBody({ state, onRefresh, ...props }: RunBodyProps) {
  switch (state.kind) {
    case "ready":
      return <ReadyRun {...props} state={state} onRefresh={onRefresh} />;
    case "loading":
      return (
        <>
          {state.broken ? <StreamLost requestId={props.requestId} onRetry={onRefresh} /> : null}
          <PanelSkeleton />
        </>
      );
    default:
      return <PanelNotice kind={state.kind} />;
  }
}

function StreamLost({ requestId, onRetry }: { requestId: string; onRetry(): void }) {
  const banner = { kind: "stream", n: 0, tone: "warn", retry: false } as const;
  return <RunBanners requestId={requestId} banners={[banner]} onRetry={onRetry} />;
}

interface ReadyRunProps extends Omit<RunBodyProps, "state"> {
  state: Extract<RunState, { kind: "ready" }>;
}

function ReadyRun({ state, onRefresh, requestId, ...rest }: ReadyRunProps) {
  const { record } = state.feed;
  const elapsedMs = useElapsed(state.feed, !state.gone);
  return (
    <>
      <RunBanners requestId={requestId} banners={buildBanners(state)} onRetry={onRefresh} />
      <UnsupportedMarks record={record} />
      <ReplayNote record={record} onSelectRequest={rest.onSelectRequest} />
      <RunSummary record={record} elapsedMs={elapsedMs} />
      <PanelTabs {...rest} record={record} elapsedMs={elapsedMs} />
    </>
  );
}

function statusOf(state: RunState) {
  if (state.kind === "missing") return toStatusView("success", true);
  if (state.kind !== "ready") return null;
  return toStatusView(state.feed.record.status, state.gone || state.feed.source === "langfuse");
}
