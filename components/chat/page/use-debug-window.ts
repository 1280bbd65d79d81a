"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { type DebugChannel, debugPath, openChannel, ownWindowName } from "./debug-window";
import { usePanelWidth } from "./use-panel-width";

interface DebugWindowEvents {
  onDock(search: string): void;
  onPassage(passageId: string | null): void;
}

export interface DebugWindow {
  /** The request that the window shows; null while there is no window. */
  shows: string | null;
  /** Shows a request there. False when the browser did not let a window open. */
  open(requestId: string): boolean;
  /** As `open`, without coming to the front; nothing while there is no window. */
  follow(requestId: string): void;
  point(passageId: string | null): void;
}

/** The chat's side of a debug panel in a window of its own. */
export function useDebugWindow(allowed: boolean, events: DebugWindowEvents): DebugWindow {
  const [shows, setShows] = useState<string | null>(null);
  const [width] = usePanelWidth();
  const channel = useRef<DebugChannel | null>(null);
  const onDock = useEffectEvent(events.onDock);
  const onPassage = useEffectEvent(events.onPassage);
  useEffect(() => {
    if (!allowed) return;
    const opened = openChannel(ownWindowName(), (message) => {
      if (message.type === "showing") setShows(message.request_id);
      if (message.type === "gone") setShows(null);
      if (message.type === "dock") onDock(message.search);
      if (message.type === "passage") onPassage(message.passage_id);
    });
    opened.post({ type: "hello" });
    channel.current = opened;
    return () => opened.close();
  }, [allowed]);
  const follow = (requestId: string) => {
    if (shows !== null) channel.current?.post({ type: "show", request_id: requestId });
  };
  return {
    shows,
    follow,
    open(requestId) {
      follow(requestId);
      // With an empty address a window of that name comes to the front as it is.
      const path = shows === null ? debugPath(requestId, window.location.search) : "";
      const features = `popup,width=${width},height=${window.innerHeight},left=${window.screenX + window.innerWidth - width}`;
      const opened = window.open(path, ownWindowName(), features);
      opened?.focus();
      return opened !== null;
    },
    point: (passageId) => channel.current?.post({ type: "passage", passage_id: passageId }),
  };
}
