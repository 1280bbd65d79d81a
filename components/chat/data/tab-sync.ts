"use client";

import { useEffect, useEffectEvent } from "react";
import * as z from "zod/mini";

const CHANNEL = "sidetrace.conversations";
/** Null: the list alone changed. */
const messageSchema = z.object({ session_id: z.nullable(z.string()) });

let channel: BroadcastChannel | null = null;

function openChannel(): BroadcastChannel {
  channel ??= new BroadcastChannel(CHANNEL);
  return channel;
}

/** Tells the other tabs of this browser that a conversation was changed here. */
export function announceChange(session_id: string | null): void {
  openChannel().postMessage({ session_id });
}

/** Hears of changes that other tabs made. */
export function useTabSync(onChange: (sessionId: string | null) => void): void {
  const hear = useEffectEvent(onChange);
  useEffect(() => {
    const opened = openChannel();
    const listen = ({ data }: MessageEvent) => {
      const message = messageSchema.safeParse(data);
      if (message.success) hear(message.data.session_id);
    };
    opened.addEventListener("message", listen);
    return () => opened.removeEventListener("message", listen);
  }, []);
}
