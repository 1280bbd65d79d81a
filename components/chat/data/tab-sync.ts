"use client";

import { useEffect, useEffectEvent } from "react";

const CHANNEL = "sidetrace.conversations";

interface Change {
  /** Null: the list alone changed. */
  session_id: string | null;
}

/** By hand: other tabs are heard before zod is loaded, and without a network. */
function isChange(data: unknown): data is Change {
  if (typeof data !== "object" || data === null || !("session_id" in data)) return false;
  return data.session_id === null || typeof data.session_id === "string";
}

let channel: BroadcastChannel | null = null;

function openChannel(): BroadcastChannel {
  channel ??= new BroadcastChannel(CHANNEL);
  return channel;
}

/** Tells the other tabs of this browser that a conversation was changed here. */
export function announceChange(session_id: string | null): void {
  const change: Change = { session_id };
  openChannel().postMessage(change);
}

/** Hears of changes that other tabs made. */
export function useTabSync(onChange: (sessionId: string | null) => void): void {
  const hear = useEffectEvent(onChange);
  useEffect(() => {
    const opened = openChannel();
    const listen = ({ data }: MessageEvent) => {
      if (isChange(data)) hear(data.session_id);
    };
    opened.addEventListener("message", listen);
    return () => opened.removeEventListener("message", listen);
  }, []);
}
