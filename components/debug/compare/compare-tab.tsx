"use client";

import { ArrowLeftRight, Clock, GitCompareArrows, Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import type { RunRecord } from "@/lib/domain/run-record";
import { compareRuns } from "@/lib/run-view/compare-runs";
import type { RunFeed } from "@/lib/run-view/run-feed";
import { ArchiveNotice, Notice, PanelSkeleton } from "../panel-notice";
import { ReplayButton } from "../replay/replay-button";
import type { RunState } from "../run-state";
import { SectionHeading } from "../section-heading";
import type { TabViewProps } from "../tab-view";
import { useElapsed } from "../use-elapsed";
import { ChangedSettings } from "./changed-settings";
import { DiffText, ONLY_A, ONLY_B } from "./diff-text";
import { MetricsTable } from "./metrics-table";
import { PassageColumns } from "./passage-columns";
import { PromptDiff } from "./prompt-diff";
import { RouteComparison } from "./route-comparison";
import { RunPicker } from "./run-picker";
import { TimelinePair } from "./timeline-pair";
import { useBaseline } from "./use-baseline";

/** This run (A) beside another one (B): figures, times, settings, route, passages, answer and prompt. */
export function CompareTab(props: TabViewProps) {
  const { record, onSelectRequest } = props;
  const t = useTranslations("debug.compare");
  const baseline = useBaseline(record);
  const swap = () => {
    if (baseline.requestId === null) return;
    onSelectRequest(baseline.requestId);
    baseline.choose(record.request_id);
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-auto">
      <div className="grid flex-none grid-cols-[minmax(0,1fr)_28px_minmax(0,1fr)] items-center gap-2 border-line border-b px-3 py-2.5 max-sm:grid-cols-[minmax(0,1fr)_36px_minmax(0,1fr)]">
        <RunPicker
          side="a"
          requestId={record.request_id}
          record={record}
          sessionId={record.session_id}
          onChoose={onSelectRequest}
        />
        <IconButton
          icon={ArrowLeftRight}
          label={t("swap")}
          onClick={swap}
          disabled={baseline.requestId === null}
        />
        <RunPicker
          side="b"
          requestId={baseline.requestId}
          record={recordOf(baseline.state)}
          sessionId={record.session_id}
          onChoose={baseline.choose}
        />
      </div>
      <Baseline {...props} state={baseline.state} onRetry={baseline.refresh} />
    </div>
  );
}

function recordOf(state: RunState): RunRecord | null {
  return state.kind === "ready" ? state.feed.record : null;
}

function Baseline({ state, onRetry, ...props }: TabViewProps & { state: RunState; onRetry(): void }) {
  const t = useTranslations("debug.compare");
  switch (state.kind) {
    case "ready":
      return <Comparison {...props} feed={state.feed} followed={!state.gone} />;
    case "loading":
      return <PanelSkeleton />;
    case "missing":
      return <Notice icon={Clock} title={t("missing")} detail={t("missingDetail")} />;
    case "unreachable":
      return <ArchiveNotice onRetry={onRetry} />;
    case "forbidden":
      return <Notice icon={Lock} title={t("forbidden")} />;
    case "empty":
      return <NothingChosen {...props} />;
  }
}

function NothingChosen({ record, onSelectRequest }: TabViewProps) {
  const t = useTranslations("debug.compare");
  return (
    <div className="flex flex-1 flex-col">
      <Notice icon={GitCompareArrows} title={t("empty")} detail={t("emptyDetail")} />
      <div className="flex flex-none items-center border-line border-t bg-bg1 px-3 py-2">
        <ReplayButton record={record} onSelectRequest={onSelectRequest} />
      </div>
    </div>
  );
}

interface ComparisonProps extends TabViewProps {
  feed: RunFeed;
  /** Whether the other run is still asked for. */
  followed: boolean;
}

function Comparison({ record, elapsedMs, feed, followed, ...highlight }: ComparisonProps) {
  const other = feed.record;
  const otherElapsedMs = useElapsed(feed, followed);
  const view = useMemo(() => compareRuns(record, other), [record, other]);
  return (
    <>
      {view.identical ? <NoDifferences same={record.request_id === other.request_id} /> : null}
      <MetricsTable metrics={view.metrics} />
      <TimelinePair a={{ record, elapsedMs }} b={{ record: other, elapsedMs: otherElapsedMs }} />
      {view.identical ? null : (
        <>
          <ChangedSettings settings={view.settings} />
          <RouteComparison route={view.route} />
          <PassageColumns passages={view.passages} {...highlight} />
          <AnswerDiff view={view} />
          <PromptDiff prompt={view.prompt} />
        </>
      )}
    </>
  );
}

function NoDifferences({ same }: { same: boolean }) {
  const t = useTranslations("debug.compare");
  return (
    <p role="status" className="flex items-center gap-2 border-line border-b bg-bg2 px-3 py-2 text-meta">
      <Icon of={GitCompareArrows} size={14} className="text-fg2" />
      <b className="font-semibold">{t("same")}</b>
      <span className="text-fg1">{t(same ? "sameRun" : "sameDetail")}</span>
    </p>
  );
}

function AnswerDiff({ view: { a, b, answer } }: { view: ReturnType<typeof compareRuns> }) {
  const t = useTranslations("debug.compare");
  const running = a.status === "running" || b.status === "running";
  const equal = answer.pieces.every(({ kind }) => kind === "same");
  return (
    <section className="border-line border-b">
      <SectionHeading
        title={t("answer")}
        detail={running ? t("answering") : equal ? t("none") : undefined}
        className="flex-wrap"
      >
        {equal ? null : (
          <span className="flex gap-3 text-meta">
            <ins className={ONLY_A}>{t("onlyA")}</ins>
            <del className={ONLY_B}>{t("onlyB")}</del>
          </span>
        )}
      </SectionHeading>
      {equal && answer.pieces.length === 0 ? null : (
        <DiffText diff={answer} className="px-3 pb-3 text-fg1 leading-[1.375rem]" />
      )}
    </section>
  );
}
