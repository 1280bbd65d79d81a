import dynamic from "next/dynamic";
import type { ComponentType } from "react";
import type { RunRecord } from "@/lib/domain/run-record";
import { retrievedCount } from "@/lib/run-view/ranking";
import { LogTab } from "./log/log-tab";
import { PanelSkeleton } from "./panel-notice";
import { PromptTab } from "./prompt/prompt-tab";
import { RetrievalTab } from "./retrieval/retrieval-tab";
import { RouteTab } from "./route/route-tab";
import type { TabViewProps } from "./tab-view";
import { TimelineTab } from "./timeline/timeline-tab";

export const TAB_IDS = ["timeline", "retrieval", "prompt", "route", "log", "compare"] as const;
export type TabId = (typeof TAB_IDS)[number];

/** A number on a tab. */
export interface TabBadge {
  count: number;
  tone: "plain" | "error";
}

interface TabEntry {
  id: TabId;
  View: ComponentType<TabViewProps>;
  badge(record: RunRecord): TabBadge | null;
}

const noBadge = () => null;

// With its diff library a chunk of its own: most readers of a run compare it with none.
const CompareTab = dynamic(() => import("./compare/compare-tab").then((module) => module.CompareTab), {
  ssr: false,
  loading: PanelSkeleton,
});

/** The tabs in their order; the keys 1, 2, 3 … follow it. */
export const TABS: readonly TabEntry[] = [
  { id: "timeline", View: TimelineTab, badge: noBadge },
  { id: "retrieval", View: RetrievalTab, badge: retrievalBadge },
  { id: "prompt", View: PromptTab, badge: noBadge },
  { id: "route", View: RouteTab, badge: noBadge },
  { id: "log", View: LogTab, badge: logBadge },
  { id: "compare", View: CompareTab, badge: noBadge },
];

function retrievalBadge(record: RunRecord): TabBadge | null {
  const known = record.context !== null || record.rag_runs.length > 0;
  return known ? { count: retrievedCount(record), tone: "plain" } : null;
}

function logBadge(record: RunRecord): TabBadge | null {
  const count = record.execution_log.filter(({ level }) => level === "error").length;
  return count > 0 ? { count, tone: "error" } : null;
}
