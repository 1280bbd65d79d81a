"use client";

import { useRef, useState } from "react";
import { useMediaQuery } from "@/components/ui/use-media-query";
import type { Source } from "@/lib/events/chat-frame";
import type { TurnModel } from "../answer/build-turns";
import { orderSources } from "../answer/order-sources";
import type { SideMode } from "../side-place";

export interface OpenSource {
  requestId: string;
  question: string;
  source: Source;
  /** Place among the answer's sources, from 0. */
  index: number;
  count: number;
}

export interface SourcePanelState {
  /** null while the panel is closed. */
  shown: OpenSource | null;
  mode: SideMode;
  /** The panel lies over the conversation, which takes no input then. */
  covers: boolean;
  /** A docked debug panel beside the chat has to make room. */
  replacesDebug: boolean;
  open(requestId: string, n: number): void;
  /** Goes to a neighbour; nothing at the ends. */
  step(by: -1 | 1): void;
  close(): void;
  /** Leaves the page to the debug panel where both have no room; whether that was open below. */
  makeRoom(): boolean;
}

/** The panel that shows the document behind a citation: which one, and how it lies in the page. */
export function useSourcePanel(turns: readonly TurnModel[], debugOpen: boolean): SourcePanelState {
  const [at, setAt] = useState<{ requestId: string; n: number } | null>(null);
  const opener = useRef<{ element: Element | null; n: number } | null>(null);
  const mode = useSourcePanelMode();
  const roomForBoth = useMediaQuery("(min-width: 1600px)", false);
  const found = at && findSources(turns, at.requestId);
  const index = found?.sources.findIndex(({ n }) => n === at?.n) ?? -1;
  const source = found?.sources[index];
  const shown =
    at && found && source
      ? { requestId: at.requestId, question: found.question, source, index, count: found.sources.length }
      : null;
  return {
    shown,
    mode,
    covers: shown !== null && mode !== "docked",
    replacesDebug: shown !== null && debugOpen && mode === "docked" && !roomForBoth,
    open(requestId, n) {
      opener.current = { element: document.activeElement, n };
      setAt({ requestId, n });
    },
    step(by) {
      const next = found?.sources[index + by];
      if (at && next) setAt({ requestId: at.requestId, n: next.n });
    },
    close() {
      setAt(null);
      if (at) focusCitation(at, opener.current);
    },
    makeRoom() {
      if (shown === null || (mode === "docked" && roomForBoth)) return false;
      setAt(null);
      return debugOpen;
    },
  };
}

function findSources(turns: readonly TurnModel[], requestId: string) {
  for (const { question, versions } of turns) {
    const version = versions.find((one) => one.requestId === requestId);
    if (version?.sources) return { question, sources: orderSources(version.sources, version.text) };
  }
  return null;
}

function useSourcePanelMode(): SideMode {
  const sheet = useMediaQuery("(max-width: 719.98px)", false);
  const overlay = useMediaQuery("(max-width: 959.98px)", false);
  if (sheet) return "sheet";
  return overlay ? "overlay" : "docked";
}

/** The focus returns to what opened the panel; after a step to another source, to a citation of that one. */
function focusCitation(
  { requestId, n }: { requestId: string; n: number },
  opener: { element: Element | null; n: number } | null,
): void {
  requestAnimationFrame(() => {
    const answer = document.querySelector(`[data-answer="${CSS.escape(requestId)}"]`);
    const citation = answer?.querySelector(`[data-citation="${n}"]`) ?? null;
    const isBack = opener !== null && opener.n === n && opener.element?.isConnected === true;
    const target = isBack ? opener.element : (citation ?? opener?.element);
    if (target instanceof HTMLElement) target.focus();
  });
}
