import type { KeptPayload } from "@/lib/domain/payload";
import type { RunRecord } from "@/lib/domain/run-record";

/** Beside the chat, over its right part, over all of it (phones), or on a page of its own. */
export type PanelMode = "docked" | "overlay" | "sheet" | "page";

/** What every tab is given. */
export interface TabViewProps {
  record: RunRecord;
  /** Parts of which more can be loaded than the record has. */
  payloads: readonly KeptPayload[];
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
  /** The passage that stays marked when nothing is pointed at. */
  selectedPassageId: string | null;
  onSelectPassage(id: string | null): void;
}
