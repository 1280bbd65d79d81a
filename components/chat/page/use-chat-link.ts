"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { type DebugChannel, dockedSearch, hasChat, openChannel } from "./debug-window";

interface ChatLink {
  /** The passage that is pointed at, here or in the chat. */
  passageId: string | null;
  point(passageId: string | null): void;
  /** Puts the panel back beside the chat and closes this window. */
  dock(): void;
}

/** The window's side of a debug panel that was moved out of a chat; null on a page of its own. */
export function useChatLink(requestId: string, onShow: (requestId: string) => void): ChatLink | null {
  const [linked, setLinked] = useState(false);
  const [passageId, setPassageId] = useState<string | null>(null);
  const channel = useRef<DebugChannel | null>(null);
  const show = useEffectEvent(onShow);
  const tellRequest = useEffectEvent(() => channel.current?.post({ type: "showing", request_id: requestId }));
  useEffect(() => {
    if (!hasChat()) return;
    const opened = openChannel(window.name, (message) => {
      if (message.type === "hello") tellRequest();
      if (message.type === "show") show(message.request_id);
      if (message.type === "passage") setPassageId(message.passage_id);
    });
    channel.current = opened;
    setLinked(true);
    const leave = () => opened.post({ type: "gone" });
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      opened.close();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: tells the chat whenever it changes
  useEffect(() => tellRequest(), [requestId]);
  if (!linked) return null;
  return {
    passageId,
    point(id) {
      setPassageId(id);
      channel.current?.post({ type: "passage", passage_id: id });
    },
    dock() {
      channel.current?.post({ type: "dock", search: dockedSearch(requestId, window.location.search) });
      window.close();
    },
  };
}
