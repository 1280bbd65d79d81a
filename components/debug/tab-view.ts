import type { RunRecord } from "@/lib/domain/run-record";

export type PanelMode = "docked" | "overlay" | "sheet";

/** What every tab is given. */
export interface TabViewProps {
  record: RunRecord;
  /** How long the run has been going on, in ms; its whole time once it is over. */
  elapsedMs: number;
  mode: PanelMode;
  /** Shows another request in the panel. */
  onSelectRequest(id: string): void;
  /** The span in the address, shared by the tabs; null when none was chosen. */
  spanId: string | null;
  onSelectSpan(id: string): void;
  highlightedPassageId: string | null;
  onHighlightPassage(id: string | null): void;
}
