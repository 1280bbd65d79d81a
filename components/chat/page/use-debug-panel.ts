"use client";

import { useMediaQuery } from "@/components/ui/use-media-query";
import { useDebugUrl } from "./use-debug-url";
import { usePassages } from "./use-passages";

export type PanelMode = "docked" | "overlay" | "sheet";

export interface DebugPanelState {
  /** Only ever true for a caller with the debug role. */
  open: boolean;
  /** The answer that is shown; null when there is none yet, or the panel is closed. */
  requestId: string | null;
  mode: PanelMode;
  /** The panel lies over the conversation, which takes no input then. */
  covers: boolean;
  allowed: boolean;
  highlightedPassageId: string | null;
  hoverPassage(passageId: string | null): void;
  toggle(): void;
  close(): void;
  show(requestId: string): void;
  inspect(requestId: string): void;
  inspectPassage(requestId: string, passageId: string): void;
}

/** The debug panel beside one conversation: what it shows, and how it lies in the page. */
export function useDebugPanel(requestIds: readonly string[], allowed: boolean): DebugPanelState {
  const url = useDebugUrl();
  const mode = usePanelMode();
  const open = allowed && url.inspected !== null;
  const latest = requestIds.at(-1) ?? null;
  const requestId = open ? url.inspected || latest : null;
  const passages = usePassages(requestId);
  const close = () => {
    url.close();
    passages.choose(null);
    focusOpener(requestId);
  };
  return {
    open,
    requestId,
    mode,
    covers: open && mode !== "docked",
    allowed,
    highlightedPassageId: passages.highlighted,
    hoverPassage: passages.hover,
    close,
    toggle: () => (open ? close() : url.show(latest ?? "")),
    show: url.show,
    inspect: (id) => (id === requestId ? close() : url.openFrom(id)),
    inspectPassage(id, passageId) {
      passages.choose({ requestId: id, passageId });
      url.openFrom(id, "retrieval");
    },
  };
}

function usePanelMode(): PanelMode {
  const sheet = useMediaQuery("(max-width: 719.98px)", false);
  const overlay = useMediaQuery("(max-width: 959.98px)", false);
  if (sheet) return "sheet";
  return overlay ? "overlay" : "docked";
}

/** The focus returns to the button that shows this answer, else to the one in the header. */
function focusOpener(requestId: string | null): void {
  requestAnimationFrame(() => {
    const opener = requestId ? document.querySelector<HTMLElement>(`[data-debug-for="${requestId}"]`) : null;
    (opener ?? document.querySelector<HTMLElement>("[data-debug-toggle]"))?.focus({ preventScroll: true });
  });
}
