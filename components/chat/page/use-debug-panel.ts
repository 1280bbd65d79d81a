"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { useMediaQuery } from "@/components/ui/use-media-query";
import type { SideMode } from "../side-place";
import { useDebugPlacement } from "./use-debug-placement";
import { useDebugUrl } from "./use-debug-url";
import { type DebugWindow, useDebugWindow } from "./use-debug-window";
import { usePassages } from "./use-passages";

export interface DebugPanelState {
  /** Only ever true for a caller with the debug role. */
  open: boolean;
  /** The answer that is shown; null when there is none yet, or the panel is closed. */
  requestId: string | null;
  /** The answer that is shown here or in a window of its own. */
  inspectedId: string | null;
  mode: SideMode;
  /** The panel lies over the conversation, which takes no input then. */
  covers: boolean;
  allowed: boolean;
  highlightedPassageId: string | null;
  /** The one that stays marked when nothing is pointed at. */
  selectedPassageId: string | null;
  hoverPassage(passageId: string | null): void;
  selectPassage(passageId: string | null): void;
  toggle(): void;
  close(): void;
  show(requestId: string): void;
  inspect(requestId: string): void;
  inspectPassage(requestId: string, passageId: string): void;
  /** Moves the panel to a window of its own; null where there is no room for a second window, or no request. */
  popOut: (() => void) | null;
}

/** The debug panel beside one conversation: what it shows, and how it lies in the page. */
export function useDebugPanel(requestIds: readonly string[], allowed: boolean): DebugPanelState {
  const url = useDebugUrl();
  const mode = usePanelMode();
  const open = allowed && url.inspected !== null;
  const latest = requestIds.at(-1) ?? null;
  const requestId = open ? url.inspected || latest : null;
  const passages = usePassages(requestId);
  const [placement, place] = useDebugPlacement();
  const popup = useDebugWindow(allowed, {
    onDock(search) {
      place("docked");
      url.restore(search);
    },
    onPassage: passages.hover,
  });
  const inspectedId = requestId ?? popup.shows;
  useFollow(latest, popup);
  const inWindow = (id: string | null) =>
    id !== null && mode !== "sheet" && placement === "window" && popup.open(id);
  const close = () => {
    url.close();
    passages.choose(null);
    focusOpener(requestId);
  };
  return {
    open,
    requestId,
    inspectedId,
    mode,
    covers: open && mode !== "docked",
    allowed,
    highlightedPassageId: passages.highlighted,
    selectedPassageId: passages.selected,
    hoverPassage(passageId) {
      passages.hover(passageId);
      popup.point(passageId);
    },
    selectPassage: (passageId) => passages.choose(requestId && passageId ? { requestId, passageId } : null),
    close,
    toggle: () => (open ? close() : inWindow(popup.shows ?? latest) || url.show(latest ?? "")),
    show: url.show,
    inspect: (id) => (id === requestId ? close() : inWindow(id) || url.openFrom(id)),
    inspectPassage(id, passageId) {
      passages.choose({ requestId: id, passageId });
      url.openFrom(id, "retrieval");
    },
    popOut:
      mode === "sheet" || requestId === null
        ? null
        : () => {
            if (!popup.open(requestId)) return;
            place("window");
            url.close();
          },
  };
}

/** A window that is open shows the next answer as soon as it begins, as a docked panel does. */
function useFollow(latest: string | null, popup: DebugWindow): void {
  const before = useRef(latest);
  const follow = useEffectEvent(popup.follow);
  useEffect(() => {
    if (latest !== null && latest !== before.current) follow(latest);
    before.current = latest;
  }, [latest]);
}

function usePanelMode(): SideMode {
  const sheet = useMediaQuery("(width < 45rem)", false);
  const overlay = useMediaQuery("(width < 60rem)", false);
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
