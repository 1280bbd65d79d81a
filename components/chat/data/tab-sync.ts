"use client";

import { useEffect, useEffectEvent } from "react";
import type { TabMessage } from "./tab-message";

const CHANNEL = "sidetrace.conversations";

let channel: BroadcastChannel | null = null;

function openChannel(): BroadcastChannel {
  channel ??= new BroadcastChannel(CHANNEL);
  return channel;
}

/** Tells the other tabs of this browser that a conversation was changed here. */
export function announceChange(session_id: string | null): void {
  const message: TabMessage = { session_id };
  openChannel().postMessage(message);
}

/** Hears of changes that other tabs made. */
export function useTabSync(onChange: (sessionId: string | null) => void): void {
  const hear = useEffectEvent(onChange);
  useEffect(() => {
    const opened = openChannel();
    const listen = async ({ data }: MessageEvent) => {
      const { tabMessageSchema } = await import("./tab-message");
      const message = tabMessageSchema.safeParse(data);
      if (message.success) hear(message.data.session_id);
    };
    opened.addEventListener("message", listen);
    return () => opened.removeEventListener("message", listen);
  }, []);
}
