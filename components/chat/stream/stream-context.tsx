"use client";

import { createContext, type ReactNode, use, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { browserIo } from "./browser-io";
import type { LiveTurn } from "./live-turn";
import { createStreamHub, type StreamHub } from "./stream-hub";

/** A fast model sends more tokens than anybody reads; the page follows about 25 times a second. */
const RENDER_MS = 40;

const HubContext = createContext<StreamHub | null>(null);

interface StreamProviderProps {
  onStarted(sessionId: string, requestId: string): void;
  /** `drop` forgets the stream, once the conversation shows the answer without it. */
  onEnded(sessionId: string, requestId: string | null, drop: () => void): void;
  children: ReactNode;
}

/** Holds the answers that are being made, above the conversations, so that leaving one does not end its answer. */
export function StreamProvider({ onStarted, onEnded, children }: StreamProviderProps) {
  const handlers = useRef({ onStarted, onEnded });
  useEffect(() => {
    handlers.current = { onStarted, onEnded };
  });
  const [hub] = useState(() => {
    const created: StreamHub = createStreamHub({
      ...browserIo,
      schedule: coalesce(RENDER_MS),
      onStarted: (sessionId, requestId) => handlers.current.onStarted(sessionId, requestId),
      onEnded: (sessionId, requestId) =>
        handlers.current.onEnded(sessionId, requestId, () => created.drop(sessionId)),
    });
    return created;
  });
  return <HubContext value={hub}>{children}</HubContext>;
}

/** The first call in a while runs soon, those that follow within `ms` become one. */
function coalesce(ms: number): (run: () => void) => void {
  let waiting = false;
  return (run) => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      run();
    }, ms);
  };
}

export function useStreamHub(): StreamHub {
  const hub = use(HubContext);
  if (!hub) throw new Error("useStreamHub outside of StreamProvider");
  return hub;
}

/** The answer that this page reads in a conversation, if any. */
export function useLiveTurn(sessionId: string): LiveTurn | null {
  const hub = useStreamHub();
  const snapshot = () => hub.turns().get(sessionId) ?? null;
  return useSyncExternalStore(hub.subscribe, snapshot, snapshot);
}
